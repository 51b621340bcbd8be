import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'

import { type Anchor } from '#shared/anchor'
import { Origin, Place, Route, channelOf } from '#shared/place'
import { anchorKey, isExactPlace, isTelling, placeKey, widePlaceKey } from '#shared/place-key'

import { callPlace, pagePlace } from '../support/ops'

const button = (name: string | null, change: Partial<Anchor> = {}): Anchor => ({
  role: 'button',
  name,
  selectors: [{ kind: 'structure', path: ['main > button:nth-of-type(2)'] }],
  ...change,
})

test('one element seen in another session, with other selectors and another title, has one key', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.nat(),
      fc.nat(),
      (name, id, other) => {
        fc.pre(name.trim() !== '')
        const seen = (session: number) =>
          pagePlace({
            title: `Case ${session}`,
            anchor: button(name, { selectors: [{ kind: 'id', path: [`#ember${session}`] }] }),
          })

        expect(placeKey(seen(id))).toBe(placeKey(seen(other)))
      },
    ),
  )
})

test.each([
  ['Item 4', 'Item 9'],
  ['Item 4', 'item  1234'],
  ['Item ４', 'Item 4'],
  ['Teil ٤', 'Teil 4'],
  ['ﬁle upload', 'File Upload'],
])('“%s” and “%s” are one element', (one, other) => {
  expect(anchorKey(button(one))).toBe(anchorKey(button(other)))
})

test('an element without a name is told apart by its plainest selector, digits and all', () => {
  const nth = (n: number) =>
    button(null, { selectors: [{ kind: 'structure', path: ['x-app', `li:nth-child(${n})`] }] })

  expect(anchorKey(nth(2))).not.toBe(anchorKey(nth(3)))
  expect(anchorKey(nth(2))).toBe('button@x-app >> li:nth-child(2)')
  expect(anchorKey(button(' \t'))).toBe(anchorKey(button(null)))
})

test('an element without name and selector is no exact place', () => {
  const bare = button(null, { selectors: [] })

  expect(isTelling(bare)).toBe(false)
  expect(isExactPlace(pagePlace({ anchor: bare }))).toBe(false)
  expect(isExactPlace(pagePlace({ anchor: button(null) }))).toBe(true)
  expect(isExactPlace(pagePlace({ anchor: null }))).toBe(false)
})

test('blank subjects and reasons are no exact place', () => {
  const reply = { kind: 'reply', channel: 'email', system: 'Desk' } as const

  expect(isExactPlace({ ...reply, subject: ' \u00a0' })).toBe(false)
  expect(isExactPlace({ ...reply, subject: 'Your request' })).toBe(true)
  expect(isExactPlace({ kind: 'desk', reason: ' ' })).toBe(false)
  expect(isExactPlace({ kind: 'desk', reason: null })).toBe(false)
  expect(isExactPlace(callPlace('4357'))).toBe(false)
  expect(isExactPlace(callPlace('4357', '2'))).toBe(true)
})

test('a bar in a path or a name cannot make one place look like another', () => {
  const places = [
    pagePlace({ route: '/a', anchor: button('x|') }),
    pagePlace({ route: '/a|button:x', anchor: null }),
    pagePlace({ route: '/a|button:x', anchor: button('x') }),
    pagePlace({ route: '/a', anchor: button('x') }),
    pagePlace({ route: '/a', anchor: null }),
    pagePlace({ route: '/a\\', anchor: button('x') }),
  ]
  const keys = places.flatMap((place) => [placeKey(place), widePlaceKey(place)])

  // Four routes have a wide key each, and each of the six places a key of its own.
  expect(new Set(keys).size).toBe(6 + 3)
})

test('no exact place of any kind has the key of a wide one', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '1', '|', '\\', ' ', ':', '@') })
  const route = text.map((path) => `/${path}`)
  const anchor = fc.option(
    text.map((name) => button(name)),
    { nil: null },
  )
  const place = fc.oneof(
    fc.record({ route, anchor }).map((change) => pagePlace(change)),
    fc
      .tuple(text, fc.array(fc.constantFrom('1', '2', '#'), { maxLength: 3 }))
      .map(([number, keys]) => callPlace(number, ...keys)),
    fc.record({
      kind: fc.constant('reply' as const),
      channel: fc.constant('chat' as const),
      system: text,
      subject: text,
    }),
    fc.record({ kind: fc.constant('desk' as const), reason: fc.option(text, { nil: null }) }),
  )
  fc.assert(
    fc.property(place, place, (exact, other) => {
      fc.pre(isExactPlace(exact))

      expect(placeKey(exact)).not.toBe(widePlaceKey(other))
    }),
    { numRuns: 3_000 },
  )
})

test('a number is one number however it is written, and words in it count', () => {
  expect(placeKey(callPlace('+49 (30) 123-45', '2'))).toBe(placeKey(callPlace('+493012345', '2')))
  expect(placeKey(callPlace('１２３', '2'))).toBe(placeKey(callPlace('123', '2')))
  expect(placeKey(callPlace('1-800-FLOWERS'))).not.toBe(placeKey(callPlace('1-800-CONTACTS')))
  expect(placeKey(callPlace('Help desk'))).not.toBe(placeKey(callPlace('Front office')))
})

test.each([
  'https://help.example.org',
  'http://localhost:8787',
  'https://[2001:db8::1]:8443',
  'https://hilfe.münchen.example',
])('%s is an origin', (origin) => {
  expect(v.is(Origin, origin)).toBe(true)
})

test.each([
  'https://user@host',
  'https://host/',
  'https://host?x',
  'https://HOST',
  'ftp://host',
  'javascript://host',
  'https://a|b',
  'https://host:99999999',
  'https://a b',
  'https://',
  'https://a\nhttps://b',
])('%j is no origin', (origin) => {
  expect(v.is(Origin, origin)).toBe(false)
})

test.each(['requests', '/a?b', '/a#b', ''])('%j is no route', (route) => {
  expect(v.is(Route, route)).toBe(false)
})

test('keys of a phone are single ones, forty at most', () => {
  expect(v.is(Place, callPlace('1', ...'0123456789*#'.split('')))).toBe(true)
  expect(v.is(Place, callPlace('1', ...Array<string>(40).fill('1')))).toBe(true)
  expect(v.is(Place, callPlace('1', ...Array<string>(41).fill('1')))).toBe(false)
  expect(v.is(Place, callPlace('1', '12'))).toBe(false)
  expect(v.is(Place, callPlace('1', ''))).toBe(false)
})

test('what a later version adds to a place is kept', () => {
  const place = { ...pagePlace(), scroll: { top: 4 } }

  expect(v.parse(Place, place)).toEqual(place)
})

test('a page that nobody may look into is a portal’s, and no two of them are one place', () => {
  const place: Place = v.parse(Place, { kind: 'unseen' })

  expect(channelOf(place)).toBe('portal')
  expect(isExactPlace(place)).toBe(false)
})
