import type { StepDraft } from '../walk/walks'

export interface TrailOptions {
  /** No titles, no texts of messages, no names in rows (DECISIONS 3). */
  withholdNames: boolean
}

/** What the trail needs of the extension around it. */
export interface TrailPort {
  send(step: StepDraft): void
  /** False once the extension was updated or removed: then nothing here has a right to go on. */
  isAlive(): boolean
}

/** What each part of the trail works with. */
export interface Trail {
  window: Window
  options: TrailOptions
  /** Ends every listener of the trail. */
  signal: AbortSignal
  send(step: StepDraft): void
}
