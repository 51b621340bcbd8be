import { computed, createModel, signal } from '@preact/signals'

import { hostOf } from '#shared/address'

import { isUnsent, listNotes } from '../note/notes'
import type { KeptNote, Pairing, WinceDatabase } from '../storage/database'
import type { PairingFailure } from '../sync/pairing'
import { live } from './live'

export interface ConnectFormDeps {
  database: WinceDatabase
  /** Connects; what was refused comes back as a reason, never as a rejection. */
  pair(
    typed: string,
    server: string | null,
  ): Promise<{ ok: true; pairing: Pairing } | PairingFailure>
  /** After a connection to a workspace that covers everything: pictures taken before are covered whole (C4). */
  coverOldPictures(): Promise<void>
  /** The server that the organisation set; null where people type it. */
  server: string | null
  requestSync(): Promise<void>
  onConnected(pairing: Pairing): void
}

/** Connects this browser to a team. It only says where Send goes; nothing is sent by it. */
export const ConnectFormModel = createModel((deps: ConnectFormDeps) => {
  const typed = signal('')
  const server = signal('')
  const status = signal<'editing' | 'connecting'>('editing')
  const problem = signal<PairingFailure | null>(null)
  const notes = live<KeptNote[]>(['note'], [], () => listNotes(deps.database))

  return {
    typed,
    server,
    status,
    problem,
    keptHere: computed(() => notes.value.filter(isUnsent).length),
    /** A link carries its address; a bare code does not. */
    needsServer: computed(
      () =>
        deps.server === null &&
        typed.value.trim() !== '' &&
        !/^[a-z]+:\/\//i.test(typed.value.trim()),
    ),

    /** Ends connected, or editing again with a problem; never rejects. */
    async connect(): Promise<void> {
      if (status.peek() === 'connecting') return
      status.value = 'connecting'
      problem.value = null
      const answer = await deps.pair(
        typed.peek(),
        server.peek().trim() === '' ? null : server.peek(),
      )
      if (!answer.ok) {
        problem.value = answer
        status.value = 'editing'
        return
      }
      try {
        if (answer.pairing.coverEverything) await deps.coverOldPictures()
      } catch (error) {
        console.error('old pictures are not covered yet', error)
      }
      status.value = 'editing'
      await deps.requestSync()
      deps.onConnected(answer.pairing)
    },
  }
})

/** One plain sentence a problem. What was typed stays. */
export function problemWords(failure: PairingFailure): string {
  switch (failure.problem) {
    case 'unfinished':
      return 'That is not all of it. Paste the whole link, or type the whole code.'
    case 'typo':
      return 'One letter does not fit. Look at the code once more.'
    case 'symbol':
      return 'A code has only letters and digits.'
    case 'too-long':
      return 'That is longer than a code. Paste the link as it is, or type the code alone.'
    case 'no-server':
      return 'A code alone does not say where your team is. Type the address of your team’s Wince too.'
    case 'other-server':
      return `Your organisation’s Wince is at ${hostOf(failure.server)}, and this browser may connect to no other.`
    case 'wrong-code':
      return 'That code does not fit. Codes work once and for 15 minutes. Ask for a new one.'
    case 'unreachable':
      return 'Nobody answers at that address. Your notes are safe here; try again later.'
    case 'not-wince':
      return 'Something else answers at that address, not Wince.'
    case 'too-many-tries':
      return `Too many tries. Wait ${waitWords(failure.retryAfterMs)} and try again.`
  }
}

function waitWords(ms: number | undefined): string {
  if (ms === undefined) return 'a few minutes'
  const minutes = Math.max(1, Math.ceil(ms / 60_000))
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
