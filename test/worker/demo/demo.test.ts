import { expect, test } from 'vitest'
import * as v from 'valibot'

import { Op } from '#shared/op'
import { readPicture } from '#shared/picture-format'

import { fillDemo } from '../../../worker/demo/fill'
import {
  type DemoFiles,
  readDemoFiles,
  walkerName,
  withFirstWalks,
} from '../../../worker/demo/lines'
import { sendsOf } from '../../../worker/demo/ops'
import { drawPicture } from '../../../worker/demo/picture'
import { newBrowser, ORIGIN, send } from '../support/browser'
import { newSetupToken } from '../support/workspace'

const NOW = Date.UTC(2026, 10, 25, 14)

function line(id: string, walk: string, change: object = {}) {
  return {
    id,
    at: `2026-09-0${walk.slice(1)}T09:${id.slice(1)}:00Z`,
    walker: walk === 'w1' ? 'cio' : 'hr-director',
    walk,
    mood: 'embarrassed',
    kind: 'broken',
    wince: 2,
    service: 'IT',
    channel: 'portal',
    place: {
      url: 'https://help.northfield.example/requests/REQ0048213?who=me',
      title: 'REQ0048213 – Help',
      element: { role: 'button', name: 'Submit' },
      call: null,
    },
    text: 'It forgot what I typed.',
    expected: null,
    group: 'g1',
    ...change,
  }
}

const nowhere = { url: null, title: null, element: null, call: null }

/** Two short walks, written like the file. */
function newFiles(): DemoFiles {
  const lines = [
    line('u10', 'w1'),
    line('u11', 'w1', {
      channel: 'phone',
      kind: 'hold',
      service: 'Payroll',
      text: 'Nobody picked up in twenty minutes',
      place: { ...nowhere, call: { number: 'IT 1300', path: ['2', 'x'], heard: null } },
    }),
    line('u20', 'w2'),
    line('u21', 'w2', {
      mood: 'liked',
      channel: 'chat',
      place: nowhere,
      wince: 0,
      kind: 'other',
      text: 'A person, in a minute.',
    }),
  ]
  return readDemoFiles({
    lines: lines.map((each) => JSON.stringify(each)).join('\n'),
    walks: JSON.stringify({
      w1: { errand: 'I forgot my password', persona: 'nurse', done: 'no' },
      w2: { errand: null, persona: null, done: null },
    }),
    groups: JSON.stringify({ g1: { title: 'Forms forget what was typed' } }),
  })
}

test('what the demo sends are real ops, the same each time, and nothing an address should not keep', async () => {
  const sends = await sendsOf(newFiles(), NOW)
  const again = await sendsOf(newFiles(), NOW)

  expect(sends.map(({ walker, ops }) => [walker, ops.map((op) => op.kind)])).toEqual([
    ['cio', ['walk.part', 'note.add', 'note.add']],
    ['hr-director', ['walk.part', 'note.add', 'note.add']],
  ])
  for (const op of sends.flatMap(({ ops }) => ops)) expect(v.is(Op, op)).toBe(true)
  expect(again).toEqual(sends)
  expect(JSON.stringify(sends)).not.toContain('REQ0048213')
  expect(JSON.stringify(sends)).not.toContain('who=me')
})

test('the last walk ended within the last day', async () => {
  const sends = await sendsOf(newFiles(), NOW)
  const last = Math.max(...sends.flatMap(({ ops }) => ops.map((op) => op.at)))

  expect(last).toBeLessThanOrEqual(NOW)
  expect(last).toBeGreaterThan(NOW - 86_400_000)
})

test('its pictures are pictures, with as many boxes as they say', async () => {
  const picture = await drawPicture(7)

  expect(readPicture(picture.bytes)).toMatchObject({ type: 'image/png', width: 960, height: 600 })
  expect(picture.covered).toBeGreaterThan(2)
  expect((await drawPicture(7)).bytes).toEqual(picture.bytes)
})

test('people are called by their roles', () => {
  expect(['cio', 'deputy-cio', 'pvc-education', 'chief-of-staff'].map(walkerName)).toEqual([
    'CIO',
    'Deputy CIO',
    'Pro-vice-chancellor education',
    'Chief of staff',
  ])
  expect(withFirstWalks(newFiles(), 1).lines.map(({ id }) => id)).toEqual(['u10', 'u11'])
})

test('filling twice leaves what filling once did', async () => {
  const page = newBrowser()
  let codes: string[] = []
  const deps = {
    origin: ORIGIN,
    fetchAsPage: (url: string, init?: RequestInit) =>
      page.send(url.slice(ORIGIN.length), asInit(init)),
    fetch: (url: string, init?: RequestInit) => send(url.slice(ORIGIN.length), asInit(init)),
    keepCodes: (made: string[]) => (codes = made),
    say: () => undefined,
    now: () => NOW,
  }
  const once = await fillDemo({ ...deps, key: { setupToken: await newSetupToken() } }, newFiles())

  const twice = await fillDemo({ ...deps, key: { recoveryCode: codes[0] ?? '' } }, newFiles())

  expect(once).toEqual({ entries: 2, notes: 4 })
  expect(twice).toEqual(once)
  const { entries } = await page.client.listEntries({})
  expect(entries.map(({ title, leaders, notes }) => ({ title, leaders, notes }))).toContainEqual({
    title: 'Forms forget what was typed',
    leaders: 2,
    notes: 2,
  })
  expect((await page.client.listDevices()).devices).toHaveLength(2)
})

/** workerd knows neither `credentials` nor `redirect: 'error'` here. */
function asInit({ method, headers, body }: RequestInit = {}): RequestInit {
  return { ...(method && { method }), ...(headers && { headers }), ...(body && { body }) }
}
