import type { Address } from '#shared/address'
import type { StepDraft } from '../walk/walks'
import { breadcrumbOf } from './breadcrumb'
import { labelOf, meaningfulElement, titleOf } from './describe'
import { isInteractive, roleOf } from './role'
import { toAddress } from './sensitive'
import { watchErrors } from './trail-errors'
import type { Trail, TrailOptions, TrailPort } from './trail-port'
import { watchRoutes } from './trail-routes'
import { watchSignIns } from './trail-sign-in'
import { WaitMeter } from './trail-wait'
import { documentOf, isElement, isFrame, shadowRootOf } from './tree'
import { keepTypedReady } from './typed'

const KEY = Symbol.for('wince.trail')
const CLICKS_MAX = 300
const LONG_AGO_MS = 5_000
/** Scripts name a page shortly after they show it. */
const TITLE_MS = 400

interface Running {
  isAlive(): boolean
  stop(): void
}
type Keeper = typeof globalThis & { [KEY]?: Running | undefined }

/**
 * Follows a walk through one document and the pages that it becomes by script: pages, clicks as
 * labels, waits, errors shown, sign-ins, steps back. The page itself is left as it is. A second
 * call in the same document does nothing. In a frame only what happens in it is followed.
 *
 * @returns false when it was running already
 */
export function startTrail(window: Window, options: TrailOptions, port: TrailPort): boolean {
  const keeper = globalThis as Keeper
  if (keeper[KEY]?.isAlive()) return false
  keeper[KEY]?.stop()

  const end = new AbortController()
  const clicks = new ClickQueue(port)
  const stop = () => {
    clicks.flush()
    end.abort()
    keeper[KEY] = undefined
  }
  keeper[KEY] = { isAlive: () => port.isAlive(), stop }
  const trail: Trail = {
    window,
    options,
    signal: end.signal,
    send: (step) => {
      // A page comes before what happens on it, also when its title is still awaited.
      if (step.kind !== 'page') pages?.flush()
      if (step.kind === 'click') clicks.add(step)
      else {
        clicks.flush()
        if (port.isAlive()) port.send(step)
        else stop()
      }
    },
  }
  window.addEventListener('pagehide', () => clicks.flush(), { capture: true, signal: end.signal })
  const pages = window.top === window ? new PageReporter(trail) : undefined
  followDocument(trail, pages)
  return true
}

/** Tells clicks right after the page has had them: it answers to its customer first. Nothing is overtaken. */
class ClickQueue {
  private readonly port: TrailPort
  private waiting: StepDraft[] = []

  constructor(port: TrailPort) {
    this.port = port
  }

  add(step: StepDraft): void {
    this.waiting.push(step)
    if (this.waiting.length === 1) setTimeout(() => this.flush())
  }

  flush(): void {
    const told = this.waiting
    this.waiting = []
    if (told.length > 0 && this.port.isAlive()) for (const step of told) this.port.send(step)
  }
}

/** Ends the trail in this document, if one is running. */
export function stopTrail(): void {
  ;(globalThis as Keeper)[KEY]?.stop()
}

function followDocument(trail: Trail, pages: PageReporter | undefined): void {
  const { window, signal } = trail
  const meter = new WaitMeter(trail)
  if (pages) {
    reportLoad(trail, pages, meter)
    watchRoutes(trail, () => pages.expect())
  }
  watchErrors(trail)
  keepTypedReady(window.document, signal)
  watchSignIns(trail)

  let clicks = 0
  window.addEventListener(
    'click',
    (event) => {
      if (!event.isTrusted || (clicks += 1) > CLICKS_MAX) return
      const target = targetOf(event, window.document)
      const element = target && meaningfulElement(target)
      if (!element || !isInteractive(roleOf(element))) return
      const { role, name } = labelOf(element, trail.options)
      trail.send({ kind: 'click', at: Date.now(), role, name })
      meter.start(performance.now(), name)
    },
    { capture: true, passive: true, signal },
  )
}

function reportLoad(trail: Trail, pages: PageReporter, meter: WaitMeter): void {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (!load || isLongAgo(load)) {
    pages.expect()
  } else {
    const startedAt = Math.round(performance.timeOrigin)
    if (load.type === 'back_forward' && !wentForward(trail.window))
      trail.send({ kind: 'back', at: startedAt })
    pages.expect(startedAt)
    meter.startLoad(load)
  }
  if (load && load.responseStatus >= 400) {
    trail.send({ kind: 'error', at: Date.now(), status: load.responseStatus, message: null })
  }
}

/** True where the page was there before the walk came to it: nobody waited for it now. */
function isLongAgo({ loadEventStart }: PerformanceNavigationTiming): boolean {
  return loadEventStart > 0 && performance.now() - loadEventStart > LONG_AGO_MS
}

interface Activated {
  navigation?: {
    activation?: { from?: { index: number } | null; entry?: { index: number } | null } | null
  }
}

function wentForward(window: Window): boolean {
  const activation = (window as Activated).navigation?.activation
  return (activation?.from?.index ?? 1) < (activation?.entry?.index ?? 0)
}

/** Reports a page once its title is there, or shortly after; each route of a script's page anew. */
class PageReporter {
  private readonly trail: Trail
  private expected: { at: number; address: Address } | undefined
  private reported = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(trail: Trail) {
    this.trail = trail
    trail.signal.addEventListener('abort', () => clearTimeout(this.timer))
    trail.window.addEventListener('pagehide', () => this.flush(), { signal: trail.signal })
    trail.window.addEventListener(
      'pageshow',
      (event) => {
        if (!event.persisted) return
        // Out of the browser's memory, by the back button or, rarely, the one beside it.
        this.reported = ''
        trail.send({ kind: 'back', at: Date.now() })
        this.expect()
      },
      { signal: trail.signal },
    )
  }

  expect(at = Date.now()): void {
    this.flush()
    const { document, location } = this.trail.window
    const address = toAddress(location.href)
    if (!address || address.origin + address.route === this.reported) return
    this.expected = { at, address }
    const isTitled =
      this.reported === '' && document.readyState !== 'loading' && document.title !== ''
    this.timer = setTimeout(() => this.flush(), isTitled ? 0 : TITLE_MS)
  }

  flush(): void {
    if (!this.expected) return
    const { at, address } = this.expected
    this.expected = undefined
    clearTimeout(this.timer)
    this.reported = address.origin + address.route
    const { window, options, send } = this.trail
    send({
      kind: 'page',
      at,
      ...address,
      title: options.withholdNames ? null : titleOf(window.document),
      breadcrumb: options.withholdNames ? null : breadcrumbOf(window.document),
    })
  }
}

/** What was really clicked, inside closed shadow roots too; frames report their own clicks. */
function targetOf(event: MouseEvent, document: Document): Element | undefined {
  const [first] = event.composedPath()
  let found =
    first && 'nodeType' in first && isElement(first as Node) ? (first as Element) : undefined
  for (let root = found && shadowRootOf(found); root;) {
    const inner: Element | null =
      event.detail === 0 ? root.activeElement : root.elementFromPoint(event.clientX, event.clientY)
    if (!inner || inner === found || !root.contains(inner)) break
    found = inner
    root = shadowRootOf(inner)
  }
  return found && isFrame(found) && documentOf(found)
    ? undefined
    : (found ?? document.activeElement ?? undefined)
}
