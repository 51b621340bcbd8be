import { expect, test } from 'vitest'

import { fingerprintOf } from '#shared/grouping/fingerprint'
import { gramsOf } from '#shared/grouping/grams'
import { noteFeaturesOf } from '#shared/grouping/note-features'
import { placeKeysOf } from '#shared/grouping/place-keys'
import { toService, wordsOfService } from '#shared/grouping/service'
import type { Note } from '#shared/note'

import { callPlace, newNote, pagePlace } from '../../support/ops'

const printOf = (change: Partial<Note> = {}) => {
  const { mood, kind, service, place, words, expected, at } = newNote(change)
  return fingerprintOf(
    noteFeaturesOf({ mood, kind, service, place, words, expected, at, walk: null, person: null }),
  )
}

test('the order and the case of words change no fingerprint, anything else does', () => {
  const print = printOf({ words: 'Lost my form' })

  expect(printOf({ words: 'my FORM, lost!' })).toBe(print)
  for (const change of [
    { words: 'Lost my laptop' },
    { service: 'IT' },
    { kind: 'slow' as const },
    { mood: 'liked' as const },
    { place: pagePlace({ route: '/other' }) },
  ])
    expect(printOf({ words: 'Lost my form', ...change })).not.toBe(print)
})

test('a note that says too little has no fingerprint: fewer than two stems, and no element or node', () => {
  const page = pagePlace({ anchor: null })

  expect(printOf({ words: 'Ouch', place: page })).toBeNull()
  expect(printOf({ words: '😀', place: { kind: 'unseen' } })).toBeNull()
  expect(printOf({ words: 'Form lost', place: page })).not.toBeNull()
  expect(printOf({ words: '', place: pagePlace() })).not.toBeNull()
  expect(printOf({ words: '', place: callPlace('1300', '2') })).not.toBeNull()
  expect(printOf({ words: '', place: callPlace('1300') })).toBeNull()
})

test('a page knows its element anywhere, the page above and its site', () => {
  const keys = placeKeysOf(pagePlace({ route: '/a/b' }))

  expect(placeKeysOf(pagePlace({ route: '/c' })).element).toBe(keys.element)
  expect(placeKeysOf(pagePlace({ route: '/a/c' })).parent).toBe(keys.parent)
  expect(placeKeysOf(pagePlace({ route: '/c/b' })).parent).not.toBe(keys.parent)
  expect(placeKeysOf(pagePlace({ route: '/c/b' })).wide).toBe(keys.wide)
  expect(placeKeysOf(pagePlace({ route: '/' })).parent).toBeNull()
})

test('a menu node knows the node one key earlier and its number', () => {
  const keys = placeKeysOf(callPlace('+49 30 1', '2', '1'))

  expect(placeKeysOf(callPlace('+49301', '2', '3')).parent).toBe(keys.parent)
  expect(placeKeysOf(callPlace('+49301')).wide).toBe(keys.wide)
  expect(placeKeysOf(callPlace('+49301')).exact).toBeNull()
})

test('a typed service is the alias, the listed name or the one listed name whose words it has', () => {
  const names = { list: ['IT', 'Library', 'HR & payroll'], aliases: new Map([['1300', 'IT']]) }

  expect(toService('1300', names)).toBe('it')
  expect(toService(' LIBRARY ', names)).toBe('library')
  expect(toService('IT walk-up', names)).toBe('it')
  expect(toService('IT / Library', names)).toBe('it library')
  expect(toService('Parking', names)).toBe('parking')
  expect(toService(' – ', names)).toBeNull()
  expect(toService(null, names)).toBeNull()
  expect(wordsOfService('it service desk')).toEqual(['it'])
  expect(wordsOfService('service desk')).toEqual([])
})

test.each([
  ['spelling', 'authenticator', 'authentificator', 0.4],
  ['Arabic', 'الزر لا يعمل', 'الزر لم يعمل', 0.4],
  ['Chinese', '图书馆的按钮不工作', '图书馆按钮不工作', 0.4],
])('grams see through %s', (_, one, other, least) => {
  const [own, theirs] = [gramsOf(one), new Set(gramsOf(other))]

  expect(own.filter((gram) => theirs.has(gram)).length / own.length).toBeGreaterThan(least)
})

test('grams are at most 256, whatever the text', () => {
  expect(
    gramsOf('abcdefghijklmnopqrstuvwxyz'.repeat(1_000).replace(/(.{7})/g, '$1 ')).length,
  ).toBeLessThanOrEqual(256)
  expect(gramsOf('\uD800')).toBeInstanceOf(Array)
  expect(gramsOf('')).toEqual([])
})
