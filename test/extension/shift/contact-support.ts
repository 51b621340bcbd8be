import type { Contact } from '#shared/contact'
import { timeOfId } from '#shared/id'

/** Served well, so that it is no note. */
export const CONTACT: Contact = {
  channel: 'phone',
  need: 'I can’t see my rota since the update.',
  service: null,
  solved: 'yes',
  treatedWell: 'yes',
  reaction: 1,
  screens: null,
  tags: [],
  exception: null,
}

const UUIDV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** No count or length is as large as a time of this century, in ms. */
const TIMES_BEGIN = Date.UTC(2001, 0, 1)

/** Every time that a value tells: numbers as large as one, and what is in ids. Unix ms. */
export function timesIn(value: unknown): number[] {
  const times: number[] = []
  JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'number' && each >= TIMES_BEGIN) times.push(each)
    if (typeof each === 'string' && UUIDV7.test(each)) times.push(timeOfId(each))
    return each
  })
  return times
}
