import type { Signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'

/** Something asked of the server: one state at a time. */
export type Load<Value> =
  | { status: 'loading' }
  | { status: 'ready'; value: Value }
  /** There is no such thing here, or it is not for this person: the server says the same of both. */
  | { status: 'missing' }
  | { status: 'failed' }

/**
 * Asks and keeps the state; never rejects. What was there stays on screen until the answer
 * comes; an answer that comes after a newer question was asked is dropped.
 */
export async function load<Value>(
  state: Signal<Load<Value>>,
  ask: () => Promise<Value>,
): Promise<void> {
  const before = state.peek()
  const asked: Load<Value> = before.status === 'ready' ? { ...before } : { status: 'loading' }
  state.value = asked
  try {
    const value = await ask()
    if (state.peek() === asked) state.value = { status: 'ready', value }
  } catch (error) {
    if (state.peek() !== asked) return
    const isMissing = error instanceof ApiError && error.status === 404
    if (!isMissing) console.error('not loaded', error)
    state.value = { status: isMissing ? 'missing' : 'failed' }
  }
}

/** Why something did not work, in a sentence: the server's own, or that there was no answer. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiError
    ? error.message
    : 'The server did not answer. Nothing you did is lost.'
}
