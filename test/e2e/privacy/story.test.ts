import { beforeAll, expect, test } from 'vitest'

import { LOOKED_AT } from './corpus-portal'
import { Needles } from './needles'
import { allSecretsOf, nameOf } from './secrets'
import { type Told, tellCorpus } from './told'

/** How far lossy WebP may take a channel of ink. */
const TOLERANCE = 6

const secrets = LOOKED_AT.flatMap(({ index }) => [...allSecretsOf(index), nameOf(index)])
const needles = new Needles(secrets)
let told: Told
beforeAll(async () => {
  told = await tellCorpus()
}, 1_200_000)

test.each([
  ['what the extension’s own pages can read', 'stores'],
  ['the extension’s files on the disk', 'files'],
  ['what went to the server', 'requests'],
  ['the server’s database', 'database'],
  ['the server’s bucket', 'bucket'],
  ['the consoles of background, panel and pages', 'browserLog'],
  ['the worker’s log', 'workerLog'],
] as const)('%s holds nothing that was planted, in any form', (_name, where) => {
  const { bytes, holds } = told.haystacks[where]

  for (const control of holds)
    expect.soft(bytes.includes(control), `${control} is there`).toBe(true)
  expect(needles.in(bytes)).toEqual([])
  expect(needles.in(withoutSpaces(bytes))).toEqual([])
})

test('of every place both walks have the page, a click and what its form refused', () => {
  const places = LOOKED_AT.length

  expect(told.steps['page']).toBeGreaterThanOrEqual(2 * places)
  expect(told.steps['click']).toBeGreaterThanOrEqual(2 * places)
  expect(told.steps['error']).toBeGreaterThanOrEqual(2 * 3 * places)
})

test('the browser asked nobody but the portal and the team’s server for anything', () => {
  expect([...told.origins]).toEqual([told.teamOrigin])
})

test('in normal mode no picture that was sent shows what was planted', () => {
  const { walked } = told.seen

  expect(walked).toHaveLength(LOOKED_AT.length)
  expect(walked.filter(({ planted }) => planted > TOLERANCE)).toEqual([])
  // They are pictures of something.
  expect(walked.filter(({ anywhere }) => anywhere > 100).length).toBeGreaterThan(walked.length / 2)
})

test('with everything covered every picture that was sent is ink', () => {
  const { named } = told.seen

  expect(named).toHaveLength(LOOKED_AT.length)
  expect(named.filter(({ anywhere }) => anywhere > TOLERANCE)).toEqual([])
})

/** A page or a script may have put a space into a secret, or a sign that nobody sees. */
function withoutSpaces(bytes: Buffer): Buffer {
  // In UTF-8: the space that does not break, the soft hyphen, the space without a width.
  const invisible = /\s|\u00c2[\u00a0\u00ad]|\u00e2\u0080\u008b/g
  return Buffer.from(bytes.toString('latin1').replace(invisible, ''), 'latin1')
}
