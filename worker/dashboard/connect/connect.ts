import { computed, createModel, effect, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'

import type { Clock } from '../clock'
import { sentenceOf } from '../load'

/** How often the page asks whether the browser is there. */
const ASK_EVERY_MS = 2_000
const TICK_MS = 1_000

export type Pairing =
  | { status: 'resting' }
  | { status: 'asking' }
  | { status: 'waiting'; id: string; code: string; link: string; expiresAt: number }
  | { status: 'connected'; deviceName: string }
  | { status: 'expired' }
  | { status: 'failed'; sentence: string }

interface ConnectDeps {
  api: Pick<ApiClient, 'askForPairing' | 'getPairing'>
  clock: Clock
  onConnected: () => void
}

/** One pairing code and what becomes of it. */
export const ConnectModel = createModel(({ api, clock, onConnected }: ConnectDeps) => {
  const state = signal<Pairing>({ status: 'resting' })
  const now = signal(clock.now())
  const leftMs = computed(() =>
    state.value.status === 'waiting' ? Math.max(0, state.value.expiresAt - now.value) : 0,
  )

  async function look(): Promise<void> {
    const waiting = state.peek()
    if (waiting.status !== 'waiting') return
    try {
      const found = await api.getPairing(waiting.id)
      if (state.peek() !== waiting || found.state === 'waiting') return
      if (found.state === 'expired') {
        state.value = { status: 'expired' }
        return
      }
      state.value = { status: 'connected', deviceName: found.device?.name ?? 'A browser' }
      onConnected()
    } catch (error) {
      // One missed look is nothing: the next one comes, and the clock says when it is over.
      console.warn('not known yet whether the browser is there', error)
    }
  }

  effect(() => {
    if (state.value.status !== 'waiting') return undefined
    const stopAsking = clock.every(ASK_EVERY_MS, () => void look())
    const stopTicking = clock.every(TICK_MS, () => {
      now.value = clock.now()
      const waiting = state.peek()
      if (waiting.status === 'waiting' && waiting.expiresAt <= now.peek())
        state.value = { status: 'expired' }
    })
    return () => {
      stopAsking()
      stopTicking()
    }
  })

  return {
    state,
    leftMs,

    /** A fresh code for this person; the one before stops working. Never rejects. */
    async ask(personId: string) {
      state.value = { status: 'asking' }
      try {
        const { id, code, link, expiresAt } = await api.askForPairing(personId)
        now.value = clock.now()
        state.value = { status: 'waiting', id, code, link, expiresAt }
      } catch (error) {
        state.value = { status: 'failed', sentence: sentenceOf(error) }
      }
    },
  }
})
