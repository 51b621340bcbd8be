import { COUNTED_TO, type Home, type HomeFollowUp } from '#shared/api/home'

import { count, toDuration } from '../words'

const NUMBERS = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
]

/** `Two customers`, `31 notes`, `More than 200 notes`: how a sentence begins. */
export function manyAtStart(number: number, one: string, many = `${one}s`): string {
  if (number > COUNTED_TO) return `More than ${COUNTED_TO} ${many}`
  const word = NUMBERS[number]
  return word === undefined ? count(number, one, many) : `${word} ${number === 1 ? one : many}`
}

/** `31`, or `more than 200`. */
export function figureOf(number: number): string {
  return number > COUNTED_TO ? `more than ${COUNTED_TO}` : String(number)
}

/** A clock that a customer can hold us to: `5 h 40 over`, `5 h 20 left`. */
export function clockOf({ dueAt }: HomeFollowUp, now: number): { isLate: boolean; words: string } {
  const left = dueAt - now
  return left < 0
    ? { isLate: true, words: `${toDuration(-left)} over` }
    : { isLate: false, words: `${toDuration(left)} left` }
}

/** `A ward nurse`, or what the entry is about where nobody said who it is. */
export function customerOf({ customer, entry }: HomeFollowUp): string {
  if (customer !== '') return customer
  return entry === null ? 'A customer' : `A customer, about “${entry.title}”`
}

export function waitsInWords({ waitsFor }: HomeFollowUp): string {
  return waitsFor === 'word' ? 'First contact' : 'Check that it is solved'
}

/** What the week came to; each is said only where there is some of it. */
export function hasFinding({ better, late, waitingForTriage }: Home): boolean {
  return better.length + late + waitingForTriage > 0
}
