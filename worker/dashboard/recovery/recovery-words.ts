import type { FollowUp, FollowUpAct } from '#shared/api/follow-up'
import type { EntryEvent } from '#shared/api/entry'
import type { HomeFollowUp } from '#shared/api/home'
import { type Act, afterAct } from '#shared/follow-up'

export type ActWhat = FollowUpAct['what']

/** What can be done about a promise, in the words of its dialog. */
export const ACT_WORDS: Readonly<Record<ActWhat, string>> = {
  contact: 'They have heard from us',
  satisfied: 'It is solved, and they are satisfied',
  'not-satisfied': 'It is not solved for them',
  recovered: 'Put right on the spot',
  exempt: 'Nobody can be asked',
  'see-through': 'Somebody else sees it through',
  correct: 'Something was typed wrong',
}

/** Said once it is done. */
export const DONE_WORDS: Readonly<Record<ActWhat, string>> = {
  contact: 'Thank you. They have heard from us.',
  satisfied: 'Settled: they are satisfied.',
  'not-satisfied': 'Open again, with a fresh clock.',
  recovered: 'Settled: put right on the spot.',
  exempt: 'Settled: nobody can be asked.',
  'see-through': 'One person sees it through.',
  correct: 'Corrected.',
}

/** Acts that can be done now, the likeliest first. */
export function actsFor(followUp: FollowUp): ActWhat[] {
  // Never before the complaint, however this browser's clock runs.
  const now = followUp.saidNoAt ?? followUp.since
  const order: Act['what'][] =
    followUp.firstContactAt === null
      ? ['contact', 'recovered', 'not-satisfied', 'satisfied', 'exempt']
      : ['satisfied', 'not-satisfied', 'contact', 'recovered', 'exempt']
  const possible = order.filter(
    (what) => !('refused' in afterAct(followUp, { what, at: now }, now)),
  )
  return followUp.settledAt === null
    ? [...possible, 'see-through', 'correct']
    : [...possible, 'correct']
}

/** The button that leads to what a customer waits for. */
export const NEXT_WORDS: Readonly<Record<HomeFollowUp['waitsFor'], string>> = {
  word: 'Thank and update',
  solved: 'Ask if it is solved',
}

/** Where a promise is acted on, straight away. */
export function addressOfPromise(id: string): string {
  return `/follow-ups?of=${encodeURIComponent(id)}`
}

/** The button that leads to what is next. */
export function nextWords({ settledAt, firstContactAt, fixedAt }: FollowUp): string {
  if (settledAt !== null) return 'They came back'
  if (firstContactAt === null) return NEXT_WORDS.word
  return fixedAt === null ? 'Change' : NEXT_WORDS.solved
}

/** Who it is, as far as it is known. */
export function customerWords({ customer, promisedBy }: FollowUp): string {
  return customer === '' ? `A customer of ${promisedBy}` : customer
}

/** What people did about promises, messages and the public page; undefined for anything else. */
export function recoveryInWords({ what, before, after }: EntryEvent): string | undefined {
  const whom = after === null ? 'a customer' : after
  switch (what) {
    case 'promise-added':
      return before === null
        ? `${whom} waits to hear from us`
        : `${before} customers wait to hear from us`
    case 'promise-contact':
      return `First contact with ${whom}`
    case 'promise-satisfied':
      return `Solved for ${whom}, satisfied`
    case 'promise-recovered':
      return `Put right on the spot for ${whom}`
    case 'promise-not-satisfied':
      return `Not solved for ${whom}`
    case 'promise-exempt':
      return `Nobody to ask: ${whom}`
    case 'promise-seen-through':
      return before === null
        ? `${after ?? ''} sees a customer through`
        : `A customer is seen through by ${after ?? ''}, not ${before}`
    case 'promise-corrected':
      return 'What was typed of a customer corrected'
    case 'message-saved':
      return `What we tell people, version ${after ?? ''}`
    case 'published':
      return 'Published: you said, we did'
    case 'publication-withdrawn':
      return 'Taken off the public page'
    default:
      return undefined
  }
}
