import { type Collected, type MaskReport, collectMask } from './mask'
import type { Source } from './mask-boxes'
import { nameFields } from './mask-names'

/** A watch nobody asks about ends by itself. */
const WATCH_MS = 3_000
const WATCH_BUDGET_MS = 500
/** Less than this is rounding. CSS px. */
const STILL = 1
const KEY = Symbol.for('wince.mask-watch')

type Keeper = typeof globalThis & { [KEY]?: MaskWatch | undefined }

/**
 * What to cover now, with whether anything moved and with what came since the call before, which
 * may be three seconds ago at most. Rectangles before and after a shot can agree while what they belong to was
 * somewhere else in between: so the page is watched, frame by frame, from one call to the next.
 */
export function reportMask(
  top: Window,
  options: { nameCovers: boolean; withholdNames: boolean },
): MaskReport {
  const keeper = globalThis as Keeper
  const seen = keeper[KEY]?.stop()
  const collected = collectMask(top)
  keeper[KEY] = new MaskWatch(top, collected)
  if (options.nameCovers) nameSafely(collected, options.withholdNames)
  const { report } = collected
  // Where nobody watched, nobody can say that it stood still.
  if (!seen) return { ...report, moved: true }
  return {
    ...report,
    covers: [...report.covers, ...seen.covers.values()],
    complete: report.complete && seen.complete,
    overflowed: report.overflowed || seen.overflowed,
    moved: seen.moved,
  }
}

/** What is covered is covered without its name. */
function nameSafely({ fields }: Collected, withholdNames: boolean): void {
  try {
    nameFields(fields, withholdNames)
  } catch (error) {
    console.warn('fields go without names', error)
  }
}

interface Seen {
  /** By their corners: most are the same at each look. */
  covers: Map<string, MaskReport['covers'][number]>
  complete: boolean
  overflowed: boolean
  moved: boolean
}

class MaskWatch {
  private readonly seen: Seen = {
    covers: new Map(),
    complete: true,
    overflowed: false,
    moved: false,
  }
  private readonly places: [Source, DOMRect][]
  private readonly observer: MutationObserver
  private readonly end: number
  private handle = 0
  private changed = false
  private spentMs = 0

  private readonly top: Window

  constructor(top: Window, collected: Collected) {
    this.top = top
    this.places = collected.places
    this.observer = new MutationObserver(() => {
      this.changed = true
    })
    for (const root of collected.roots) {
      this.observer.observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      })
    }
    this.end = performance.now() + WATCH_MS
    this.next()
  }

  stop(): Seen {
    this.look()
    this.release()
    return this.seen
  }

  private next(): void {
    this.handle = this.top.requestAnimationFrame(() => {
      this.look()
      if (performance.now() > this.end) this.release()
      else this.next()
    })
  }

  private release(): void {
    this.top.cancelAnimationFrame(this.handle)
    this.observer.disconnect()
    const keeper = globalThis as Keeper
    if (keeper[KEY] === this) keeper[KEY] = undefined
  }

  /** What came into the page is covered too, until looking costs too much: then all is. */
  private look(): void {
    if (this.observer.takeRecords().length > 0) this.changed = true
    this.seen.moved ||= this.places.some(([source, was]) =>
      hasMoved(was, source.getBoundingClientRect()),
    )
    if (!this.changed || this.seen.moved) return
    this.changed = false
    const start = performance.now()
    const { report } = collectMask(this.top)
    this.spentMs += performance.now() - start
    for (const cover of report.covers)
      this.seen.covers.set(`${cover.kind} ${cover.boxes.join(' ')}`, cover)
    this.seen.complete &&= report.complete
    this.seen.overflowed ||= report.overflowed
    if (this.spentMs > WATCH_BUDGET_MS) this.seen.moved = true
  }
}

function hasMoved(was: DOMRect, is: DOMRect): boolean {
  return (
    Math.abs(was.x - is.x) > STILL ||
    Math.abs(was.y - is.y) > STILL ||
    Math.abs(was.width - is.width) > STILL ||
    Math.abs(was.height - is.height) > STILL
  )
}
