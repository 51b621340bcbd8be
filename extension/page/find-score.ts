import type { Anchor, Selector } from '#shared/anchor'
import { toPlaceholders } from './sensitive'
import { accessibleName } from './accessible-name'
import { quickName } from './alike'
import { labelOf, ownText } from './describe'
import { likeness } from './likeness'
import { endOf, readBeside, startOf } from './quote'
import { isInsideRow, isRowLike, roleOf } from './role'
import { structureSelector } from './selectors'
import { outerElement } from './tree'

/**
 * How much each sign counts where the anchor has it; a score is the share of them that agrees.
 * What says which element it is counts most: its name, an id that lasts, its words. What stands
 * around it tells equal ones apart, so either side exceeds the lead that is asked for, and what
 * comes before it is more often its own than what comes after; its place in the tree, which every
 * inserted sibling changes, does so only where it is quite another.
 */
const WEIGHTS = {
  name: 0.4,
  lasting: 0.3,
  text: 0.15,
  role: 0.1,
  prefix: 0.18,
  suffix: 0.1,
  structure: 0.1,
}
/** Of a score is left where nothing says that it is the one and not another of that name. */
const ANOTHER = 0.5
/** Words around it that differ in one word of a card's are another card's. */
const SAME_AROUND = 0.85
const ROWS_MAX = 12

/** An element that may be the one, and what led to it alone. */
export interface Candidate {
  element: Element
  by: Set<Selector['kind']>
}

interface Signs {
  name: number | undefined
  lasting: number | undefined
  text: number | undefined
  role: number
  prefix: number | undefined
  suffix: number | undefined
  structure: number | undefined
}

/**
 * How likely an element is the one that an anchor is of, 0…1. Nothing where only its kind and
 * place agree: whoever stands where it stood is not it.
 *
 * @param hasRivals others of that name were found as well
 */
export function scoreOf(candidate: Candidate, anchor: Anchor, hasRivals: boolean): number {
  const signs = signsOf(candidate, anchor)
  const isIt = signs.lasting === 1 || (signs.name ?? 0) >= 0.5 || (signs.text ?? 0) >= 0.8
  if (!isIt) return 0
  let weight = 0
  let sum = 0
  for (const [sign, agreement] of Object.entries(signs) as [keyof Signs, number | undefined][]) {
    if (agreement === undefined) continue
    const isAround = sign === 'prefix' || sign === 'suffix'
    weight += WEIGHTS[sign]
    sum += WEIGHTS[sign] * (isAround ? agreement ** 3 : agreement)
  }
  const isSame = isSameOne(candidate.element, signs, anchor.isOnly, hasRivals)
  return (sum / weight) * (isSame ? 1 : ANOTHER)
}

function signsOf({ element, by }: Candidate, anchor: Anchor): Signs {
  const quote = anchor.selectors.find(({ kind }) => kind === 'text')
  const structure = lastOf(anchor, 'structure')
  const hasLasting = anchor.selectors.some(({ kind }) => kind === 'id' || kind === 'attribute')
  const { prefix, suffix } = quote ?? {}
  return {
    name: anchor.name === null ? undefined : nameLikeness(element, anchor.name),
    lasting: hasLasting ? Number(by.has('id') || by.has('attribute')) : undefined,
    text: quote && likeness(ownText(element), quote.path.at(-1)?.slice('text/'.length) ?? ''),
    role: Number(roleOf(element) === anchor.role),
    prefix: prefix ? likeness(around(element, 'previousSibling'), prefix) : undefined,
    suffix: suffix ? likeness(around(element, 'nextSibling'), suffix) : undefined,
    structure: structure === undefined ? undefined : structureLikeness(element, structure),
  }
}

/** Told from others of its name, those that are there and one that has gone. */
function isSameOne(
  element: Element,
  { lasting, name = 1, prefix, suffix, structure = 0 }: Signs,
  wasOnly: boolean | undefined,
  hasRivals: boolean,
): boolean {
  if (lasting === 1) return true
  // Rows come and go, and are sorted anew: the same button stands in each of them.
  if (isInsideRow(element)) return isNamedAfterRow(element) || (structure === 1 && wasOnly === true)
  const sides = [prefix, suffix].filter((side) => side !== undefined)
  if (wasOnly === true) return name >= 0.9 || structure >= 0.7 || sides.some((side) => side >= 0.5)
  if (sides.length === 0) return structure === 1 && !hasRivals
  // It had others of its name beside it. The last one that is left may be one of those.
  return (hasRivals ? Math.max(...sides) : Math.min(...sides)) >= SAME_AROUND
}

/** True where the rows around it have such an element each, all of other names. */
function isNamedAfterRow(element: Element): boolean {
  let row: Element | null = element
  while (row && !isRowLike(roleOf(row))) row = outerElement(row)
  const others = Array.from(row?.parentElement?.children ?? []).filter((each) => each !== row)
  const names = others
    .slice(0, ROWS_MAX)
    .map((other) =>
      row === element ? [other] : Array.from(other.querySelectorAll(element.localName)),
    )
    .flatMap((each) => each.map(quickName))
  return names.length > 0 && !names.includes(quickName(element))
}

function lastOf(anchor: Anchor, kind: Selector['kind']): string | undefined {
  return anchor.selectors.find((selector) => selector.kind === kind)?.path.at(-1)
}

function nameLikeness(element: Element, name: string): number {
  const found = name.includes(':typed')
    ? (labelOf(element, { withholdNames: false }).name ?? '')
    : toPlaceholders(accessibleName(element))
  // A long name was cut when it was kept.
  return likeness(name.length >= 60 ? found.slice(0, name.length) : found, name)
}

function around(element: Element, side: 'previousSibling' | 'nextSibling'): string {
  const text = toPlaceholders(readBeside(element, side)).trim()
  return side === 'previousSibling' ? endOf(text) : startOf(text)
}

/** From the element outwards: 1 for the same way, less where only the tags agree, and up to where they do. */
function structureLikeness(element: Element, structure: string): number {
  const found = structureSelector(element, element.getRootNode() as Document | ShadowRoot)
  if (found === structure) return 1
  const steps = found.split(' > ').toReversed()
  const sought = structure.split(' > ').toReversed()
  let sum = 0
  for (const [at, step] of sought.entries()) {
    if (tagOf(step) !== tagOf(steps[at] ?? '')) break
    sum += step === steps[at] ? 1 : 0.8
  }
  return Math.min(0.95, sum / Math.max(steps.length, sought.length))
}

function tagOf(step: string): string {
  return step.replace(/:nth-of-type\(\d+\)$/, '')
}
