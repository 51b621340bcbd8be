import type { Anchor, Selector } from '#shared/anchor'
import { toKeyPart } from '#shared/text'
import { type Candidate, likeness, quickName, scoreOf } from './find-score'
import { isInteractive, roleOf } from './role'
import { documentOf, isElement, isFrame, isText, outerElement, shadowRootOf } from './tree'

/** Less than this is another element. */
const SCORE_MIN = 0.6
/** So far the best must be ahead of the second: null rather than the wrong one. */
const LEAD_MIN = 0.1
/** Looking longer would be felt; what was not looked at by then may be a better one. */
const BUDGET_MS = 35
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
  private readonly words: ReadonlySet<string>
  /** The longest word of the quoted text: what has it not is not it. */
  private readonly quoted: string
  private isComplete = true
  private visited = 0

  constructor(anchor: Anchor, now: () => number) {
    this.anchor = anchor
    this.now = now
    this.deadline = now() + BUDGET_MS
    this.words = new Set(wordsOf(anchor.name ?? ''))
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
    const roots: Root[] = [top]
    for (let root = roots.pop(); root && this.isComplete; root = roots.pop()) {
      const walker = top.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node && !this.isLate(); node = walker.nextNode()) {
        if (isText(node)) this.readText(node)
        else if (isElement(node)) {
          const inner = isFrame(node) ? documentOf(node) : shadowRootOf(node)
          if (inner) roots.push(inner)
          this.readElement(node)
        }
      }
    }
  }

  best(): { element: Element; score: number } | null {
    const scored = Array.from(this.candidates.values())
      .filter(({ element }) => isDrawn(element))
      .map((candidate) => ({ ...candidate, score: scoreOf(candidate, this.anchor) }))
      .toSorted((one, other) => other.score - one.score)
    const [first] = scored
    if (!first || first.score < SCORE_MIN) return null
    const { element, by, score } = first
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
    if (name === null) return
    const found = roleOf(element)
    if (found !== role && !(isInteractive(found) && isInteractive(role))) return
    const called = quickName(element)
    if (called === name) this.add(element)
    else if (wordsOf(called).some((word) => this.words.has(word)) || called.includes(':')) {
      if (likeness(called, name) >= NAMED_ALIKE) this.add(element)
    } else if (this.words.size === 0 && likeness(called, name) >= NAMED_ALIKE) this.add(element)
  }

  private readText(text: Text): void {
    if (this.quoted === '' || !text.data.includes(this.quoted)) return
    for (
      let element: Element | null = text.parentElement, steps = 0;
      element && steps < 3;
      element = outerElement(element), steps += 1
    ) {
      if (roleOf(element) === this.anchor.role) this.add(element)
    }
  }

  private add(element: Element, by?: Selector['kind']): void {
    const known = this.candidates.get(element)
    const candidate = known ?? { element, by: new Set() }
    if (by) candidate.by.add(by)
    if (known) return
    if (this.candidates.size < CANDIDATES_MAX) this.candidates.set(element, candidate)
    // So many of one name: whichever it was, nobody can say.
    else this.isComplete = false
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
