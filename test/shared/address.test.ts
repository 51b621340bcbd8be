import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'

import { toAddress, toTitle } from '#shared/address'
import { Origin, Route } from '#shared/place'
import { privateFinder } from '#shared/private-words'
import { isStorableText, utf8Length } from '#shared/text'

import addresses from './addresses.json' with { type: 'json' }

interface Row {
  href: string
  /** null: no address at all. */
  route?: string | null
  origin?: string
  secrets?: string[]
}
const rows = addresses as Row[]

vi.setConfig({ testTimeout: 60_000 })

test('the corpus holds two hundred addresses or more', () => {
  expect(new Set(rows.map((row) => row.href)).size).toBeGreaterThanOrEqual(200)
})

test.each(rows.filter((row) => row.route !== undefined))(
  '$href is kept as $route',
  ({ href, route, origin }) => {
    const address = toAddress(href)

    expect(address?.route ?? null).toBe(route)
    if (origin) expect(address?.origin).toBe(origin)
  },
)

test.each(rows.filter((row) => row.secrets !== undefined))(
  '$href keeps none of its secrets',
  ({ href, secrets = [] }) => {
    const address = toAddress(href)

    expect(address).toBeDefined()
    for (const secret of secrets) expect(JSON.stringify(address)).not.toContain(secret)
  },
)

test.each([
  ['/beds/Ward%207B/today', '/beds/:private/today'],
  ['/beds/ward-7b-today', '/beds/:private-today'],
  ['/beds/ward_7B', '/beds/:private'],
  ['/beds/Ward+7b/48213', '/beds/:private/:id'],
  ['/beds/steward-7b', '/beds/steward-7b'],
  ['/staff-list/K482913', '/staff-list/:private'],
])('what an organisation listed is not kept of %s', (path, route) => {
  const findOwn = privateFinder(['Ward 7B', 'K######'])

  expect(toAddress(`https://portal.example${path}`, findOwn)?.route).toBe(route)
})

test('every address that is kept fits the schema of a place', () => {
  for (const { href } of rows) {
    const address = toAddress(href)
    if (!address) continue
    expect(v.is(Origin, address.origin) && v.is(Route, address.route), href).toBe(true)
  }
})

test('a path longer than a route may be is cut between segments and still fits', () => {
  const address = toAddress(`https://portal.example/${'ünïcode-wörter/'.repeat(300)}`)

  expect(v.parse(Route, address?.route).endsWith('/…')).toBe(true)
})

/**
 * Telling secrets from words is a guess: of random base64url strings of 20 characters about one
 * in 30,000 reads like words, of longer ones fewer. A fixed seed keeps the run repeatable.
 */
const seed = 20_261_125
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Uniform characters, as a secret has: biased or shrunk it would become runs of A, which are none. */
const characters = (alphabet: string, minLength: number, maxLength: number) =>
  fc.noShrink(
    fc
      .array(fc.noBias(fc.nat(alphabet.length - 1)), { minLength, maxLength })
      .map((indices) => indices.map((index) => alphabet[index]).join('')),
  )

const token = fc.oneof(
  characters('0123456789abcdef', 8, 64),
  characters('0123456789ABCDEF', 8, 64),
  characters(ALPHABET, 20, 90),
  fc.uuid(),
  fc.emailAddress(),
  fc
    .tuple(characters(ALPHABET, 10, 40), characters(ALPHABET, 20, 80), characters(ALPHABET, 43, 43))
    .map(([header, body, signature]) => `eyJ${header}.eyJ${body}.${signature}`),
)
const word = fc.constantFrom(
  'requests',
  'help',
  'wifi',
  'form-2',
  'my laptop',
  'Über',
  'v2',
  'caf%C3%A9',
)
const encodings = fc.constantFrom<(text: string) => string>(
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
  (text) =>
    Array.from(
      new TextEncoder().encode(text),
      (byte) => `%25${byte.toString(16).padStart(2, '0')}`,
    ).join(''),
)
const frames = fc.constantFrom<(secret: string, word: string) => string>(
  (secret, before) => `https://portal.example/${before}/${secret}`,
  (secret, before) => `https://portal.example/${secret}/${before}`,
  (secret, before) => `https://portal.example/${before}-${secret}`,
  (secret, before) => `https://portal.example/${before}_${secret}.pdf`,
  (secret, before) => `https://portal.example/${before}(${secret})/x`,
  (secret, before) => `https://portal.example/${before}=${secret}`,
  (secret, before) => `https://portal.example/${before};session=${secret}/x`,
  (secret, before) => `https://portal.example/${before}?code=${secret}`,
  (secret, before) => `https://portal.example/${before}#/a/${secret}`,
  (secret, before) => `https://${encodeURIComponent(secret)}@portal.example/${before}`,
  (secret, before) => `https://jdoe:${encodeURIComponent(secret)}@portal.example/${before}`,
)

test('a secret placed anywhere in an address, however encoded, is never kept', () => {
  fc.assert(
    fc.property(token, word, encodings, frames, (secret, before, encode, frame) => {
      const address = toAddress(frame(encode(secret), before))

      expect(address).toBeDefined()
      const kept = JSON.stringify(address).toLowerCase()
      expect(kept).not.toContain(secret.toLowerCase())
      // Nor most of it: a token that was cut at a separator is a token still.
      const half = secret.slice(0, Math.ceil(secret.length / 2)).toLowerCase()
      if (half.length >= 10 && !secret.includes('@')) expect(kept).not.toContain(half)
    }),
    { numRuns: 20_000, seed },
  )
})

test('whatever comes in, nothing is thrown and what is kept is valid', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary', maxLength: 300 }).map((text) => `https://portal.example/${text}`),
    fc.string({ maxLength: 60 }).map((text) => `http://${text}`),
  )
  fc.assert(
    fc.property(hostile, (href) => {
      const address = toAddress(href)
      if (address) {
        v.parse(Origin, address.origin)
        v.parse(Route, address.route)
      }
    }),
    { numRuns: 5_000 },
  )
})

test.each([
  ['a long path without a slash', `https://x.example/${'a'.repeat(200_000)}`],
  ['many percent signs', `https://x.example/${'%25'.repeat(70_000)}`],
  ['many at signs', `https://x.example/${'a@'.repeat(100_000)}`],
  ['one at sign late', `https://x.example/${'a'.repeat(100_000)}=${'b'.repeat(100_000)}@`],
  ['many segments', `https://x.example/${'1/'.repeat(100_000)}`],
  ['many slashes and spaces', `${' '.repeat(100_000)}https://x.example/${'/ '.repeat(100_000)}`],
  ['a long host', `https://${'a.'.repeat(100_000)}/`],
])('%s is read in linear time', (_, href) => {
  const start = process.threadCpuUsage().user
  toAddress(href)
  toTitle(href)

  // CPU time, so that a busy machine says nothing; what is quadratic takes minutes.
  expect(process.threadCpuUsage().user - start).toBeLessThan(4_000_000)
})

test.each([
  ['Incident INC0012345 | ServiceNow', 'Incident :id | ServiceNow'],
  ['Inbox (3) - jane.doe@hospital.example - Outlook', 'Inbox (3) - :email - Outlook'],
  ['Sign in: https://idp.example/cb?code=abc#x', 'Sign in: https://idp.example/cb'],
  ['login.do?sysparm_token=abc123', 'login.do'],
  ['Network Access Provisioning (L2)', 'Network Access Provisioning (L2)'],
  ['Doe, born 12.03.1968', 'Doe, born :date'],
  ['  two\n lines\tand  spaces ', 'two lines and spaces'],
  ['Справка по сети', 'Справка по сети'],
])('the title %s is kept as %s', (title, kept) => {
  expect(toTitle(title)).toBe(kept)
})

test('a long title is cut to 300 bytes, between characters', () => {
  const title = toTitle('Ünïcode title '.repeat(60))

  expect(utf8Length(title)).toBeLessThanOrEqual(300)
  expect(utf8Length(title)).toBeGreaterThan(290)
})

test('a title keeps no secret, fits its bytes and can be stored', () => {
  fc.assert(
    fc.property(token, fc.string({ unit: 'binary', maxLength: 200 }), (secret, text) => {
      const title = toTitle(`Portal ${secret} ${text}`)

      expect(title.toLowerCase()).not.toContain(secret.toLowerCase())
      expect(utf8Length(title)).toBeLessThanOrEqual(300)
      expect(isStorableText(title)).toBe(true)
    }),
    { numRuns: 5_000, seed },
  )
})
