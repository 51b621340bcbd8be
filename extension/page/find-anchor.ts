import type { Anchor, Selector } from '#shared/anchor'
import { toKeyPart } from '#shared/text'
import { everyNode, isCalled, isKin, quickName } from './alike'
import { type Candidate, scoreOf } from './find-score'
import { likeness } from './likeness'
import { roleOf } from './role'
import { documentOf, isElement, isFrame, isText, outerElement, shadowRootOf } from './tree'

/** Less than this is another element. */
const SCORE_MIN = 0.6
/** So far the best must be ahead of the second: null rather than the wrong one. */
const LEAD_MIN = 0.06
/** Looking longer would be felt; what was not looked at by then may be a better one. */
const BUDGET_MS = 150
const CANDIDATES_MAX = 40
const NAMED_ALIKE = 0.5

type Root = Document | ShadowRoot

/**
 * The element that an anchor was made of, or what has become of it: by each of its selectors,
 * then by role and name and by its words in every tree of the page. Null where nothing is like
 * it, where two are too much alike, and where the page is too large to tell in time.
 */
export function findAnchor(
  top: Document,
  anchor: Anchor,
  now: () => number = () => performance.now(),
): { element: Element; score: number } | null {
  const search = new Search(anchor, now)
  search.bySelectors(top)
  search.everywhere(top)
  return search.best()
}

class Search {
  private readonly candidates = new Map<Element, Candidate>()
  private readonly anchor: Anchor
  private readonly deadline: number
  private readonly now: () => number
  /** The longest word of the quoted text: what has it not is not it. */
  private readonly quoted: string
  /** Of its kind, called something else. */
  private readonly others: Element[] = []
  private isComplete = true
  private visited = 0

  constructor(anchor: Anchor, now: () => number) {
    this.anchor = anchor
    this.now = now
    this.deadline = now() + BUDGET_MS
    const quote = anchor.selectors.find(({ kind }) => kind === 'text')?.path.at(-1) ?? 'text/'
    const words = quote.slice('text/'.length).split(/\s+/)
    this.quoted = words.reduce((long, word) => (word.length > long.length ? word : long), '')
  }

  bySelectors(top: Document): void {
    for (const { kind, path } of this.anchor.selectors) {
      const last = path.at(-1)
      if (kind === 'text' || last === undefined) continue
      const found = treesAt(top, path.slice(0, -1)).flatMap((root) => all(root, last))
      const [only] = found
      // One that leads to several elements leads to none.
      if (only && found.length === 1) this.add(only, kind)
    }
  }

  everywhere(top: Document): void {
    const what = this.anchor.name === null ? NodeFilter.SHOW_TEXT : NodeFilter.SHOW_ELEMENT
    for (const node of everyNode(top, what)) {
      if (this.isLate()) return
      if (isText(node)) this.readText(node)
      else if (isElement(node)) this.readElement(node)
    }
    this.addLikely()
  }

  best(): { element: Element; score: number } | null {
    const { anchor } = this
    const drawn = Array.from(this.candidates.values()).filter(({ element }) => isDrawn(element))
    const namesakes = drawn.filter(({ element }) => quickName(element) === anchor.name)
    const scored = drawn
      .map((candidate) => ({
        ...candidate,
        score: scoreOf(
          candidate,
          anchor,
          namesakes.some(({ element }) => element !== candidate.element),
        ),
      }))
      .toSorted((one, other) => other.score - one.score)
    const [first] = scored
    if (!first || first.score < SCORE_MIN) return null
    const { element, by, score } = first
    // What is around it or inside it says the same words, and is no other place.
    const second = scored.find(
      (each) => !each.element.contains(element) && !element.contains(each.element),
    )
    if (second && score - second.score < LEAD_MIN) return null
    if (!this.isComplete && !by.has('id') && !by.has('attribute')) return null
    return { element, score }
  }

  private isLate(): boolean {
    this.visited += 1
    if (this.visited % 128 === 0 && this.now() > this.deadline) this.isComplete = false
    return !this.isComplete
  }

  private readElement(element: Element): void {
    const { name, role } = this.anchor
    if (name === null || !isKin(roleOf(element), role)) return
    if (isCalled(element, name)) this.add(element)
    else this.others.push(element)
  }

  /** Asking for likeness takes long: only where nothing has the very name. */
  private addLikely(): void {
    const { name } = this.anchor
    const known = Array.from(this.candidates.keys())
    if (name === null || known.some((each) => isCalled(each, name))) return
    const words = new Set(wordsOf(name))
    const likely: { element: Element; like: number }[] = []
    for (const element of this.others) {
      if (this.isLate()) return
      const called = quickName(element)
      if (words.size > 0 && !wordsOf(called).some((word) => words.has(word))) continue
      const like = likeness(called, name)
      if (like >= NAMED_ALIKE) likely.push({ element, like })
    }
    likely.sort((one, other) => other.like - one.like)
    for (const { element } of likely.slice(0, CANDIDATES_MAX / 2)) this.add(element)
  }

  private readText(text: Text): void {
    if (this.anchor.name !== null || this.quoted === '' || !text.data.includes(this.quoted)) return
    for (
      let element: Element | null = text.parentElement, steps = 0;
      element && steps < 3;
      element = outerElement(element), steps += 1
    ) {
      if (roleOf(element) === this.anchor.role) this.add(element)
    }
  }

  private add(element: Element, by?: Selector['kind']): void {
    const candidate = this.candidates.get(element) ?? { element, by: new Set() }
    if (by) candidate.by.add(by)
    this.candidates.set(element, candidate)
    // So many of one name: whichever it was, nobody can say.
    if (this.candidates.size > CANDIDATES_MAX) this.isComplete = false
  }
}

/** The trees that a way leads into: through each host and frame that a step of it matches. */
function treesAt(top: Document, way: readonly string[]): Root[] {
  let roots: Root[] = [top]
  for (const step of way) {
    roots = roots
      .flatMap((root) => all(root, step))
      .slice(0, 20)
      .map((host) => (isFrame(host) ? documentOf(host) : shadowRootOf(host)))
      .filter((inner) => inner !== undefined && inner !== null)
  }
  return roots
}

function all(root: Root, selector: string): Element[] {
  try {
    return Array.from(root.querySelectorAll(selector)).slice(0, 20)
  } catch {
    // Not of this version, or not of ours at all.
    return []
  }
}

function wordsOf(name: string): string[] {
  return toKeyPart(name)
    .split(/[^\p{L}\p{M}#]+/u)
    .filter((word) => word.length >= 3)
}

function isDrawn(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true })
}
