import type { Anchor, Selector } from '#shared/anchor'
import { toPlaceholders } from '#shared/sensitive'
import { toKeyPart } from '#shared/text'
import { accessibleName } from './accessible-name'
import { isInsideRow, labelOf, ownText } from './describe'
import { endOf, readBeside, startOf } from './quote'
import { isRowLike, roleOf } from './role'
import { structureSelector } from './selectors'
import { outerElement } from './tree'

/**
 * How much each sign counts where the anchor has it; a score is the share of them that agrees.
 * What says which element it is counts most: its name, an id that lasts, its words. What stands
 * around it tells equal ones apart, so that alone it exceeds the lead that is asked for; its
 * place in the tree, which every inserted sibling changes, never does.
 */
const WEIGHTS = {
  name: 0.4,
  lasting: 0.3,
  text: 0.15,
  role: 0.1,
  prefix: 0.12,
  suffix: 0.12,
  structure: 0.1,
}
/** Equal but for its numbers: `Inbox (3)`, and also `Item 4` beside `Item 9`. */
const SAME_BUT_NUMBERS = 0.7
/** Of a score is left where nothing says that it is the same place. */
const ELSEWHERE = 0.6
const ROWS_MAX = 12

/** An element that may be the one, and what led to it alone. */
export interface Candidate {
  element: Element
  by: Set<Selector['kind']>
}

/**
 * How likely an element is the one that an anchor is of, 0…1. Nearly nothing where only its kind
 * and place agree: whoever stands where it stood is not it.
 */
export function scoreOf({ element, by }: Candidate, anchor: Anchor): number {
  const quote = anchor.selectors.find(({ kind }) => kind === 'text')
  const structure = lastOf(anchor, 'structure')
  const signs = {
    name: anchor.name === null ? undefined : nameLikeness(element, anchor.name),
    lasting:
      (lastOf(anchor, 'id') ?? lastOf(anchor, 'attribute')) ? Number(isLasting(by)) : undefined,
    text: quote && likeness(ownText(element), quote.path.at(-1)?.slice('text/'.length) ?? ''),
    role: Number(roleOf(element) === anchor.role),
    prefix: quote?.prefix && likeness(around(element, 'previousSibling'), quote.prefix),
    suffix: quote?.suffix && likeness(around(element, 'nextSibling'), quote.suffix),
    structure: structure === undefined ? undefined : structureLikeness(element, structure),
  }
  let weight = 0
  let sum = 0
  for (const [sign, agreement] of Object.entries(signs) as [keyof typeof signs, number | ''][]) {
    if (typeof agreement !== 'number') continue
    weight += WEIGHTS[sign]
    sum += WEIGHTS[sign] * agreement
  }
  const isIt = isLasting(by) || (signs.name ?? 0) >= 0.5 || (signs.text ?? 0) >= 0.8
  if (!isIt) return 0
  return (sum / weight) * (isThere(element, by, signs) ? 1 : ELSEWHERE)
}

/** True where something beside its name says that it is the one that was noted, not another of that name. */
function isThere(
  element: Element,
  by: Candidate['by'],
  signs: Record<'prefix' | 'suffix', number | '' | undefined> & { structure: number | undefined },
): boolean {
  if (isLasting(by)) return true
  const { structure = 0 } = signs
  // Rows come and go, and are sorted anew: the same button stands in each of them.
  if (isInsideRow(element)) return structure === 1 || isNamedAfterRow(element)
  const beside = [signs.prefix, signs.suffix].filter((each) => typeof each === 'number')
  return beside.length > 0 ? Math.max(...beside) >= 0.5 : structure >= 0.7
}

/** True where the rows around it have such an element each, all of other names. */
function isNamedAfterRow(element: Element): boolean {
  let row: Element | null = element
  while (row && !isRowLike(roleOf(row))) row = outerElement(row)
  const others = Array.from(row?.parentElement?.children ?? []).filter((each) => each !== row)
  const name = quickName(element)
  const names = others
    .slice(0, ROWS_MAX)
    .map((other) =>
      other.localName === element.localName && row === element
        ? other
        : other.querySelector(element.localName),
    )
    .filter((each) => each !== null)
    .map(quickName)
  return names.length > 0 && !names.includes(name)
}

function isLasting(by: Candidate['by']): boolean {
  return by.has('id') || by.has('attribute')
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
  const text = toPlaceholders(readBeside(element, side))
  return side === 'previousSibling' ? endOf(text) : startOf(text)
}

/** What an element is called, without asking everything that may have a say in it. */
export function quickName(element: Element): string {
  if (element.hasAttribute('aria-labelledby') || 'labels' in element) return accessibleName(element)
  const name = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 400).trim() ?? ''
  return name === '' ? accessibleName(element) : name.replace(/\s+/g, ' ')
}

/** 1 for equal texts, less for texts that share pairs of characters. @see Dice (1945) */
export function likeness(one: string, other: string): number {
  if (one === other) return 1
  const [left, right] = [toKeyPart(one), toKeyPart(other)]
  if (left === right)
    return left === '' ? 1 : one.toLowerCase() === other.toLowerCase() ? 1 : SAME_BUT_NUMBERS
  const pairs = pairsOf(left)
  const others = pairsOf(right)
  if (pairs.length + others.length === 0) return 0
  const left2 = new Map<string, number>()
  for (const pair of pairs) left2.set(pair, (left2.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of others) {
    const count = left2.get(pair) ?? 0
    if (count === 0) continue
    shared += 1
    left2.set(pair, count - 1)
  }
  return (2 * shared) / (pairs.length + others.length)
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
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
