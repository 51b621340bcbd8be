import { expect, test } from 'vitest'

import {
  type FollowedWalk,
  createRecorder,
  decideOnTab,
  readTrailStep,
} from '../../../extension/walk/recorder'
import type { StepDraft } from '../../../extension/walk/walks'

const ORIGIN = 'https://portal.example'
const walk: FollowedWalk = {
  walkId: 'walk',
  tabIds: [7],
  origins: [ORIGIN],
  withholdNames: false,
  unseenTabIds: [],
}
const sender = { id: 'wince', frameId: 0, origin: ORIGIN, tab: { id: 7 } }
const click = { kind: 'click', at: 1, role: 'button', name: 'Save' }
const message = (step: object) => ({ type: 'trail-step', step })

test.each([
  ['a page of the walk', { status: 'loading' }, { id: 7, url: `${ORIGIN}/home` }, 'follow'],
  ['another tab', { status: 'complete' }, { id: 8, url: `${ORIGIN}/home` }, 'nothing'],
  ['a new icon', {}, { id: 7, url: `${ORIGIN}/home` }, 'nothing'],
  [
    'a foreign page on its way',
    { status: 'loading' },
    { id: 7, url: 'https://idp.example/' },
    'nothing',
  ],
  [
    'a foreign page that is there',
    { status: 'complete' },
    { id: 7, url: 'https://idp.example/' },
    'unseen',
  ],
  ['a page that the browser hides', { status: 'complete' }, { id: 7 }, 'unseen'],
  ['the first empty page', { status: 'complete' }, { id: 7, url: 'about:blank' }, 'nothing'],
])('%s: %o of %o means %s', (_, change, tab, expected) => {
  expect(decideOnTab(walk, change, tab).do).toBe(expected)
})

test('without a walk nothing is followed', () => {
  expect(decideOnTab(undefined, { status: 'complete' }, { id: 7, url: ORIGIN })).toEqual({
    do: 'nothing',
  })
})

test('a step of a walked page is taken, without fields that nobody asked for', () => {
  expect(readTrailStep(walk, message({ ...click, seq: 99, value: 'secret' }), sender)).toEqual(
    click,
  )
})

test('a page’s origin is the one that the browser vouches for', () => {
  const page = { kind: 'page', at: 1, origin: 'https://bank.example', route: '/home', title: null }

  expect(readTrailStep(walk, message(page), sender)).toMatchObject({ origin: ORIGIN })
})

test('a page’s breadcrumb is taken, and one that is missing is none', () => {
  const page = { kind: 'page', at: 1, origin: ORIGIN, route: '/home', title: null }

  expect(readTrailStep(walk, message({ ...page, breadcrumb: ['Home'] }), sender)).toMatchObject({
    breadcrumb: ['Home'],
  })
  expect(readTrailStep(walk, message(page), sender)).toMatchObject({ breadcrumb: null })
})

test.each([
  [
    'with a breadcrumb of six',
    {
      kind: 'page',
      at: 1,
      origin: ORIGIN,
      route: '/',
      title: null,
      breadcrumb: ['1', '2', '3', '4', '5', '6'],
    },
    sender,
  ],
  [
    'with a breadcrumb that is too long together',
    {
      kind: 'page',
      at: 1,
      origin: ORIGIN,
      route: '/',
      title: null,
      breadcrumb: ['x'.repeat(150), 'y'.repeat(51)],
    },
    sender,
  ],
  ['of another tab', click, { ...sender, tab: { id: 8 } }],
  ['of no tab', click, { ...sender, tab: undefined }],
  ['of an origin that was not allowed', click, { ...sender, origin: 'https://idp.example' }],
  ['of no origin', click, { ...sender, origin: 'null' }],
  ['of a kind that only the panel makes', { kind: 'dial', at: 1, number: '1', why: null }, sender],
  ['of no kind at all', { at: 1 }, sender],
  ['with a name that is too long', { ...click, name: 'x'.repeat(2_000) }, sender],
  ['with a broken text', { ...click, name: '\ud800' }, sender],
  ['with a time that is none', { ...click, at: 'now' }, sender],
  [
    'of a page in a frame',
    { kind: 'page', at: 1, origin: ORIGIN, route: '/', title: null },
    { ...sender, frameId: 3 },
  ],
])('a step %s is not taken', (_, step, from) => {
  expect(readTrailStep(walk, message(step), from)).toBeUndefined()
})

function recorderOf(
  start: FollowedWalk | undefined,
  startTrail = async () => {},
  isAtRest = async () => true,
) {
  const kept: StepDraft[] = []
  let now = start
  const recorder = createRecorder({
    extensionId: 'wince',
    now: () => 5,
    tabs: { startTrail, stopTrail: async () => {}, isAtRest },
    store: {
      getActiveWalk: async () => now,
      appendStep: async (_, step) => void kept.push(step),
      addTab: async (_, tabId) => {
        if (now) now = { ...now, tabIds: [...now.tabIds, tabId] }
      },
      removeTab: async () => {},
      setUnseen: async (_, tabId, isUnseen) => {
        if (!now || now.unseenTabIds.includes(tabId) === isUnseen) return false
        now = { ...now, unseenTabIds: isUnseen ? [tabId] : [] }
        return true
      },
    },
  })
  return { recorder, kept, walkNow: () => now }
}

test('pages in a row that may not be seen are one step, until one may be seen again', async () => {
  const { recorder, kept } = recorderOf(walk)
  for (const url of [
    'https://idp.example/a',
    'https://idp.example/b',
    `${ORIGIN}/home`,
    undefined,
  ]) {
    await recorder.onTabUpdated(7, { status: 'complete' }, { url })
  }

  expect(kept).toEqual([
    { kind: 'unseen', at: 5, origin: 'https://idp.example' },
    { kind: 'unseen', at: 5, origin: null },
  ])
})

test('a page that does not let us in, an error page of the browser, is unseen once', async () => {
  const { recorder, kept } = recorderOf(walk, () => Promise.reject(new Error('showing error page')))
  for (const status of ['loading', 'complete', 'complete']) {
    await recorder.onTabUpdated(7, { status }, { url: `${ORIGIN}/home` })
  }

  expect(kept).toEqual([{ kind: 'unseen', at: 5, origin: null }])
})

test('a page that is left while we ask it is not unseen', async () => {
  const leaving = () => Promise.reject(new Error('the frame was removed'))
  const { recorder, kept } = recorderOf(walk, leaving, async () => false)
  await recorder.onTabUpdated(7, { status: 'complete' }, { url: `${ORIGIN}/home` })

  expect(kept).toEqual([])
})

test('a page that came to rest meanwhile is asked again', async () => {
  let asked = 0
  const { recorder, kept } = recorderOf(walk, async () => {
    asked += 1
    if (asked === 1) throw new Error('the frame was removed')
  })
  await recorder.onTabUpdated(7, { status: 'complete' }, { url: `${ORIGIN}/home` })

  expect({ asked, kept }).toEqual({ asked: 2, kept: [] })
})

test('a tab opened from a walked one joins the walk, any other does not', async () => {
  const { recorder, walkNow } = recorderOf(walk)
  await recorder.onTabCreated({ id: 9, openerTabId: 7 })
  await recorder.onTabCreated({ id: 10, openerTabId: 8 })

  expect(walkNow()?.tabIds).toEqual([7, 9])
})

test('messages of others, and other messages, are not ours', () => {
  const { recorder } = recorderOf(walk)

  expect(recorder.onMessage(message(click), { ...sender, id: 'other' })).toBe(false)
  expect(recorder.onMessage({ type: 'else' }, sender)).toBe(false)
  expect(recorder.onMessage(message(click), sender)).toBe(true)
})
