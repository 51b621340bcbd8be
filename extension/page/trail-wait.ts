import type { Trail } from './trail-port'

/** Shorter waits are nobody's complaint. */
const REPORTED_MS = 1_000
/** Things that follow each other this closely belong together. */
const TOGETHER_MS = 500
/** So long after the last sign of work a page is settled. */
const QUIET_MS = 1_500
const LONGEST_MS = 60_000
const LOOK_MS = 250

interface Waiting {
  since: number
  /** The last sign of work, in the page's clock. */
  until: number
  name: string | null
  /** The page changes by itself all the time: its changes say nothing. */
  isRestless: boolean
  reported: boolean
}

/**
 * Measures from a click, or from the start of a load, to the page's last sign of work: changes of
 * the document and requests that began because of it. Nothing in the page is patched.
 */
export class WaitMeter {
  private readonly trail: Trail
  private waiting: Waiting | undefined
  private changes: number[] = []
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(trail: Trail) {
    this.trail = trail
    const { window, signal } = trail
    const changes = new MutationObserver(() => this.onChange(performance.now()))
    changes.observe(window.document, { subtree: true, childList: true, characterData: true })
    const requests = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.onRequest(entry as PerformanceResourceTiming)
    })
    requests.observe({ type: 'resource' })
    window.addEventListener('pagehide', () => this.end(), { signal })
    signal.addEventListener('abort', () => {
      changes.disconnect()
      requests.disconnect()
      clearInterval(this.timer)
    })
  }

  /** @param since `performance.now()` of the click */
  start(since: number, name: string | null): void {
    this.report()
    const recent = this.changes.filter((change) => change > since - 1_500)
    this.waiting = { since, until: since, name, isRestless: recent.length >= 3, reported: false }
    this.look()
  }

  /** From the start of the navigation. */
  startLoad(load: PerformanceNavigationTiming): void {
    const loaded = load.loadEventStart || load.domInteractive || load.responseEnd
    this.waiting = { since: 0, until: loaded, name: null, isRestless: false, reported: false }
    const { window, signal } = this.trail
    window.addEventListener('load', () => this.extend(performance.now()), { once: true, signal })
    this.look()
  }

  private onChange(at: number): void {
    this.changes = [...this.changes.slice(-20), at]
    if (this.waiting?.isRestless === false && at - this.waiting.until <= QUIET_MS) this.extend(at)
  }

  private onRequest({ startTime, responseEnd }: PerformanceResourceTiming): void {
    const { waiting } = this
    // Late news of a request that the click began counts, however long it was quiet meanwhile.
    if (waiting && startTime >= waiting.since && startTime <= waiting.until + TOGETHER_MS)
      this.extend(responseEnd)
  }

  private extend(until: number): void {
    const { waiting } = this
    if (!waiting || waiting.reported) return
    if (until - waiting.since > LONGEST_MS) this.end()
    else waiting.until = Math.max(waiting.until, until)
  }

  private look(): void {
    clearInterval(this.timer)
    this.timer = setInterval(() => {
      const isLoaded = this.trail.window.document.readyState === 'complete'
      const isQuiet = this.waiting && performance.now() - this.waiting.until > QUIET_MS
      if (isLoaded && isQuiet) this.report()
    }, LOOK_MS)
  }

  private report(): void {
    const { waiting } = this
    if (!waiting || waiting.reported) return
    const ms = Math.round(waiting.until - waiting.since)
    if (ms < REPORTED_MS) return
    waiting.reported = true
    clearInterval(this.timer)
    this.trail.send({
      kind: 'wait',
      at: Math.round(performance.timeOrigin + waiting.since),
      ms,
      for: waiting.name,
    })
  }

  private end(): void {
    this.report()
    this.waiting = undefined
    clearInterval(this.timer)
  }
}
