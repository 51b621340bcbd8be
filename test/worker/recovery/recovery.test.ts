import { expect, test } from 'vitest'

import { newId } from '../../support/ops'
import { leftOf } from '../recall/support'
import { newMember } from '../support/workspace'
import { DAY, eventsOf, HOUR, newPromise, refusalOf, seqOf } from './support'

test('a promise is added, heard, fixed and settled, and history says so without its reference', async () => {
  const { clock, reviewer, entryId, since, read, does, isFixed } = await newPromise()
  expect(await read()).toMatchObject({ since, dueAt: since + DAY, promisedBy: 'Desk manager' })

  clock.advance(HOUR)
  const heard = await does({ what: 'contact' })
  expect(heard).toMatchObject({ firstContactAt: clock.at + HOUR, dueAt: null, version: 2 })
  expect(heard.seenThroughBy?.name).toBe('Desk manager')

  clock.advance(9 * HOUR)
  const fixedAt = Date.now()
  await isFixed()
  expect(await read()).toMatchObject({ fixedAt, dueAt: fixedAt + DAY })
  expect(await reviewer.client.countFollowUps()).toEqual({ open: 1, late: 0 })

  clock.advance(HOUR)
  await does({ what: 'satisfied', reason: 'Works on every ward' })

  expect(await read()).toMatchObject({ outcome: 'satisfied', dueAt: null, settledAt: Date.now() })
  expect(await reviewer.client.countFollowUps()).toEqual({ open: 0, late: 0 })
  const events = await eventsOf(entryId)
  expect(events).toEqual([
    { what: 'promise-added', before: null, after: 'Ward nurse, Ward 7', reason: null },
    { what: 'promise-contact', before: null, after: 'Ward nurse, Ward 7', reason: null },
    {
      what: 'promise-satisfied',
      before: null,
      after: 'Ward nurse, Ward 7',
      reason: 'Works on every ward',
    },
  ])
  expect(JSON.stringify(events)).not.toContain('kanari')
})

test.each([
  { state: 'closed', after: 'reopened' },
  { state: 'check', after: 'reopened' },
  { state: 'progress', after: 'progress' },
])(
  'a no on an entry in $state leaves it $after and the promise open with a fresh clock',
  async ({ state, after }) => {
    const { clock, workspace, reviewer, entryId, read, does, isFixed } = await newPromise({ state })
    await does({ what: 'contact' })
    await isFixed()
    clock.advance(HOUR)
    const seqBefore = await seqOf(workspace.id)

    await does({ what: 'not-satisfied', reason: 'It drops every ten minutes' })

    expect(await read()).toMatchObject({
      outcome: 'not-satisfied',
      saidNoAt: Date.now(),
      firstContactAt: null,
      fixedAt: null,
      settledAt: null,
      dueAt: Date.now() + DAY,
    })
    const { entry } = await reviewer.client.getEntry(1)
    expect(entry.state).toBe(after)
    const isReopened = after === 'reopened'
    expect((await seqOf(workspace.id)) > seqBefore).toBe(isReopened)
    expect((await eventsOf(entryId)).filter(({ what }) => what === 'state')).toEqual(
      isReopened
        ? [
            {
              what: 'state',
              before: state,
              after: 'reopened',
              reason: 'A customer says it is not solved',
            },
          ]
        : [],
    )
  },
)

test('a fix that did not hold stops the clock of asking, until the next one', async () => {
  const { reviewer, does, isFixed, read } = await newPromise({ state: 'check' })
  await does({ what: 'contact' })
  await isFixed()
  const { entry } = await reviewer.client.getEntry(1)
  const { version } = await reviewer.client.changeEntry(1, {
    version: entry.version,
    owner: reviewer.id,
    impact: 2,
    effort: 'S',
    whyObvious: 'A wrong setting',
  })

  await reviewer.client.moveEntry(1, { version, to: 'progress' })

  expect(await read()).toMatchObject({ fixedAt: null, dueAt: null, outcome: null })
})

test('a customer who comes back after it was settled opens it again, and the reference stays', async () => {
  const { clock, does, read } = await newPromise({ state: 'closed' })
  await does({ what: 'recovered' })
  expect(await read()).toMatchObject({ onTheSpot: true, outcome: 'satisfied' })

  clock.advance(5 * HOUR)
  await does({ what: 'not-satisfied', reason: 'Again' })

  expect(await read()).toMatchObject({ onTheSpot: false, reference: 'INC-kanari-hand-' })
  expect(await leftOf('INC-kanari-hand-')).toEqual(['INC-kanari-hand-'])
})

test('nothing is settled twice, and nobody hears a first word twice', async () => {
  const { does } = await newPromise()
  expect(await refusalOf(does({ what: 'not-satisfied', reason: 'No' }))).toBe('422 not-fixed')
  await does({ what: 'contact' })
  expect(await refusalOf(does({ what: 'contact' }))).toBe('422 contacted')
  await does({ what: 'exempt', reason: 'Left the university' })
  expect(await refusalOf(does({ what: 'satisfied' }))).toBe('422 settled')
  expect(await refusalOf(does({ what: 'exempt', reason: 'Again' }))).toBe('422 settled')
})

test('a first contact may be said later, but neither before the complaint nor to come', async () => {
  const { clock, since, does, read } = await newPromise()
  expect(await refusalOf(does({ what: 'contact', at: since - 1 }))).toBe('422 too-early')
  expect(await refusalOf(does({ what: 'contact', at: clock.at + 1 }))).toBe('422 to-come')
  await does({ what: 'contact', at: since + 60_000 })
  expect(await read()).toMatchObject({ firstContactAt: since + 60_000 })
})

test('exactly one person sees it through, and passing it on needs a reason', async () => {
  const { workspace, reviewer, entryId, does, read } = await newPromise()
  const other = await newMember(workspace, 'reviewer', 'Voice lead')
  const viewer = await newMember(workspace, 'viewer')
  await does({ what: 'see-through', personId: reviewer.id })
  expect((await read()).seenThroughBy).toEqual({ id: reviewer.id, name: 'Desk manager' })

  expect(await refusalOf(does({ what: 'see-through', personId: other.id }))).toBe('422 no-reason')
  expect(
    await refusalOf(does({ what: 'see-through', personId: viewer.id, reason: 'Nearer' })),
  ).toBe('422 no-such-owner')
  await does({ what: 'see-through', personId: other.id, reason: 'It is the phone after all' })

  expect((await read()).seenThroughBy?.name).toBe('Voice lead')
  expect((await eventsOf(entryId)).at(-1)).toEqual({
    what: 'promise-seen-through',
    before: 'Desk manager',
    after: 'Voice lead',
    reason: 'It is the phone after all',
  })
})

test('whoever is slower gets 409 and the promise as it is now, and changes nothing', async () => {
  const { reviewer, entryId, id, does } = await newPromise()
  await does({ what: 'contact' })
  const before = await eventsOf(entryId)

  const response = await reviewer.browser.send(`/app/follow-ups/${id}/acts`, {
    method: 'POST',
    body: JSON.stringify({ what: 'exempt', reason: 'Mine', version: 1 }),
  })

  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({
    error: 'changed',
    followUp: { version: 2, outcome: null },
  })
  expect(await eventsOf(entryId)).toEqual(before)
})

test('of two at the same moment one wins and one hears so', async () => {
  const { reviewer, id, entryId } = await newPromise()
  const answers = await Promise.all(
    [1, 2].map(() =>
      refusalOf(reviewer.client.actOnFollowUp(id, { what: 'recovered', version: 1 })),
    ),
  )
  expect(answers.toSorted()).toEqual(['409 changed', 'done'])
  expect((await eventsOf(entryId)).map(({ what }) => what).toSorted()).toEqual([
    'promise-added',
    'promise-recovered',
  ])
})

test('many customers are added in one paste, once, with one line of history', async () => {
  const { clock, reviewer, entryId, since } = await newPromise()
  clock.advance(1)
  const followUps = Array.from({ length: 60 }, (_, index) => ({
    id: newId(),
    customer: `Gate ${index}`,
    since,
    seenThroughBy: reviewer.id,
  }))

  expect(await reviewer.client.addFollowUps(1, { followUps })).toEqual({ added: 60 })
  expect(await reviewer.client.addFollowUps(1, { followUps })).toEqual({ added: 0 })

  expect((await eventsOf(entryId)).at(-1)).toMatchObject({ what: 'promise-added', before: '60' })
  expect(await eventsOf(entryId)).toHaveLength(2)
  const first = await reviewer.client.listFollowUpsOf(1)
  const second = await reviewer.client.listFollowUpsOf(1, first.next ?? '')
  expect([first.followUps.length, second.followUps.length, second.next]).toEqual([50, 11, null])
  expect(new Set([...first.followUps, ...second.followUps].map(({ id }) => id)).size).toBe(61)
})

test('the due list brings late ones first, then what waits for a fix, page by page', async () => {
  const { workspace, reviewer, since } = await newPromise()
  const late = Array.from({ length: 55 }, (_, index) => ({
    id: newId(),
    customer: `Late ${index}`,
    since: since - DAY - index * HOUR,
  }))
  await reviewer.client.addFollowUps(1, { followUps: late })
  const [heard] = late
  await reviewer.client.actOnFollowUp(heard?.id ?? '', { what: 'contact', version: 1 })

  const first = await reviewer.client.listFollowUps()
  const second = await reviewer.client.listFollowUps(first.next ?? '')
  const all = [...first.followUps, ...second.followUps]

  expect(all).toHaveLength(56)
  expect(second.next).toBeNull()
  const due = all.flatMap(({ dueAt }) => dueAt ?? [])
  expect(due).toEqual(due.toSorted((one, other) => one - other))
  expect(all.at(-1)).toMatchObject({ id: heard?.id, dueAt: null })
  expect(await reviewer.client.countFollowUps()).toEqual({ open: 56, late: 54 })
  const viewer = await newMember(workspace, 'viewer')
  expect(
    (await viewer.client.listFollowUps()).followUps.every(({ reference }) => reference === null),
  ).toBe(true)
})

test('the recovered rate says how many were asked, and nothing under five', async () => {
  const { reviewer, since } = await newPromise()
  const asked = Array.from({ length: 5 }, (_, index) => ({
    id: newId(),
    customer: `C${index}`,
    since,
  }))
  await reviewer.client.addFollowUps(1, { followUps: asked })
  const settle = (index: number, what: 'recovered' | 'exempt') =>
    reviewer.client.actOnFollowUp(asked[index]?.id ?? '', {
      what,
      version: 1,
      reason: 'So',
    })
  for (const index of [0, 1, 2, 3]) await settle(index, 'recovered')
  expect((await reviewer.client.listFollowUps()).recovered).toBeNull()

  await settle(4, 'recovered')
  expect((await reviewer.client.listFollowUps()).recovered).toEqual({ fraction: 1, asked: 5 })

  await reviewer.client.actOnFollowUp(asked[0]?.id ?? '', {
    what: 'not-satisfied',
    version: 2,
    reason: 'No',
  })
  expect((await reviewer.client.listFollowUps()).recovered).toEqual({ fraction: 0.8, asked: 5 })
})
