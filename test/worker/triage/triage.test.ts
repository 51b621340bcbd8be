import { expect, test } from 'vitest'

import { toThoughts } from '../../../worker/triage/suggestions'
import { newId, newNote, newPart, newWalk, noteOp, partOp } from '../../support/ops'
import { push, rows } from '../sync/support'
import { newMember } from '../support/workspace'
import { newTriage, propose, refusalOf, send } from './support'

test('a note shows its words, its author, its walk and why it is where it is', async () => {
  const triage = await newTriage()
  const walk = newWalk({ errand: 'I forgot my password', persona: 'night nurse' })
  const told = newNote({ walkId: walk.id, words: 'Nothing happens.', service: 'IT', wince: 3 })
  await push(triage.cio, [partOp(1, newPart({ walk })), noteOp(2, told)])

  const [shown] = (await triage.client.listTriage()).notes

  expect(shown).toMatchObject({
    id: told.id,
    words: 'Nothing happens.',
    author: 'Lea Leader',
    service: 'IT',
    serviceId: null,
    serviceMeans: null,
    wince: 3,
    waiting: true,
    pictures: [],
    placedByPerson: false,
    walk: { errand: 'I forgot my password', persona: 'night nurse' },
    why: { sentence: 'Nothing like it yet.' },
    entry: { number: 1, notes: 1, leaders: 1, worst: 3 },
    proposal: null,
    suggestions: [],
  })
})

test('pages follow each other, oldest first, each note once, and counts say how many there are', async () => {
  const triage = await newTriage()
  const notes = [...(await send(triage.cio, 'a', 'b', 'a')), ...(await send(triage.dean, 'c', 'd'))]
  await propose(triage, notes[4]?.id ?? '', 1)
  const seen: string[] = []
  let after: string | undefined
  do {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const page = await triage.client.listTriage({ limit: '2', ...(after && { after }) })
    expect(page.counts).toEqual({ all: 5, sure: 1, asked: 1 })
    seen.push(...page.notes.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after)

  expect(seen).toEqual(notes.map(({ id }) => id))
  expect((await triage.client.listTriage({ show: 'sure' })).notes.map(({ id }) => id)).toEqual([
    notes[2]?.id,
  ])
  expect((await triage.client.snapshotTriage('asked')).ids).toEqual([notes[4]?.id])
})

test.each([
  'show=never',
  'limit=51',
  'limit=0',
  'after=zzz',
  'after=WyJ0cmlhZ2Utc3VyZSIsMV0',
  'x=1',
])('a view that there is not, %s, is refused with a sentence', async (query) => {
  const triage = await newTriage()

  const answer = await triage.reviewer.browser.send(`/app/triage?${query}`)

  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ message: expect.stringMatching(/Ask|Start again/) })
})

test('what else it could be is shown by number and reason, whatever the engine wrote', () => {
  const id = newId()
  const why = (value: object) => toThoughts(JSON.stringify(value))

  expect(why({ suggestions: [{ entryId: id, number: 1, p: 0.4, reason: 'Same page.' }] })).toEqual([
    { entryId: id, reason: 'Same page.' },
  ])
  expect(
    why({
      runnersUp: [{ entryId: id, number: 1, samePlace: true, similarity: 1, shared: ['wifi'] }],
    }),
  ).toEqual([{ entryId: id, reason: 'Same place. Similar words: wifi.' }])
  expect(why({ suggestions: [null, 7, { number: 2 }, 'x'], runnersUp: [{}] })).toEqual([])
  expect([toThoughts('{'), toThoughts('null'), toThoughts('{"suggestions":3}')]).toEqual([
    [],
    [],
    [],
  ])
})

test('suggestions leave out where the note is, what is proposed, and what people keep from it', async () => {
  const triage = await newTriage()
  const [told] = await send(triage.cio, 'a', 'b', 'c', 'd')
  const entries = await triage.entries()
  const suggestions = entries.map(({ id }) => ({ entryId: id, reason: 'Similar words.' }))
  await rows(
    'UPDATE entry_note SET why = ?1 WHERE note_id = ?2',
    JSON.stringify({ decision: 'propose', sentence: 'x', suggestions }),
    told?.id,
  )
  await propose(triage, told?.id ?? '', 2)
  await rows(
    'INSERT INTO never_group (workspace_id, note_id, other_id, at) VALUES (?1, ?2, ?3, 1)',
    triage.workspaceId,
    told?.id,
    entries[2]?.id,
  )

  const shown = await triage.client.getTriageNote(told?.id ?? '')

  expect(shown.proposal?.entry.number).toBe(2)
  expect(shown.suggestions.map(({ entry }) => entry.number)).toEqual([4])
})

test('viewers read and decide nothing', async () => {
  const triage = await newTriage()
  const [told] = await send(triage.cio, 'a')
  const viewer = await newMember(triage.cio.workspace, 'viewer')

  expect((await viewer.client.listTriage()).notes).toHaveLength(1)
  const refusal = await refusalOf(
    viewer.client.decide({ id: newId(), what: 'confirm', noteIds: [told?.id ?? ''] }),
  )
  expect(refusal.status).toBe(403)
})
