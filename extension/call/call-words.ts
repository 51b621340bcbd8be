import type { Call, CallEnd, CallTimes } from '#shared/call'
import { toClock } from '#shared/duration'

import { countOf } from '../panel/time-words'
import { lastTapOf } from './taps'

/** Ends that are met less often. */
export const OTHER_ENDS: { how: CallEnd; words: string }[] = [
  { how: 'gave-up', words: 'Gave up' },
  { how: 'closed', words: 'Closed' },
  { how: 'wrong-language', words: 'Wrong language' },
]

/** How the call ended, and what it took. */
export function endWords(how: CallEnd, call: Call, times: CallTimes): string {
  const keys = countOf(call.path.length, 'key')
  const took = `${keys}, ${toClock(times.lengthMs)}${
    times.holdingMs > 0 ? `, of it ${toClock(times.holdingMs)} on hold` : ''
  }`
  return `${ENDS[how]} after ${took}.`
}

const ENDS: Record<CallEnd, string> = {
  human: 'A person answered',
  'self-served': 'The menu solved it',
  voicemail: 'Ended in voicemail',
  'dead-end': 'Ended at a dead end',
  callback: 'They will call back',
  'wrong-language': 'Ended in the wrong language',
  closed: 'Closed',
  dropped: 'The line dropped',
  'gave-up': 'You gave up, as a customer might,',
  'hung-up': 'You hung up',
}

/** What Undo would take back. */
export function lastWords(call: Call): string {
  const last = lastTapOf(call)
  switch (last?.kind) {
    case 'key':
      return `key ${last.key}`
    case 'said':
      return `“${last.words}”`
    case 'heard':
      return 'what you heard'
    case 'option':
      return `the name of key ${last.key}`
    case 'hold':
      return last.ms === 0 ? 'the hold' : 'the end of the hold'
    case 'asked-again':
      return `“asked again”, ${last.thing}`
    case 'transfer':
      return 'being passed on'
    case 'person':
      return 'the person'
    case 'call-end':
      return 'how it ended'
    default:
      return 'the last tap'
  }
}
