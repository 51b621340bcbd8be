import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import type { NewMessage } from '#shared/api/message'

import { newId } from '../../support/ops'
import { refusalOf } from '../recovery/support'
import { insertEntries } from '../register/support'
import { stopClock } from '../support/clock'
import { newMember, newWorkspace } from '../support/workspace'
import { rows } from '../sync/support'

const draft = (change: Partial<NewMessage> = {}): NewMessage => ({
  id: newId(),
  kind: 'changed',
  after: 0,
  youSaid: 'Searching for wifi finds nothing.',
  words: 'Thank you to everybody who told us. Searching for wifi now finds the page.',
  sorryFor: '',
  ...change,
})

async function newEntryToTell(state = 'closed') {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const { client } = await newMember(workspace, 'reviewer', 'Portal owner')
  const [entryId = ''] = await insertEntries(workspace.id, [{ number: 1, state }])
  return { clock, workspace, client, entryId }
}

test('every save is a version, the newest of each kind first, and none is ever lost', async () => {
  const { clock, client, entryId } = await newEntryToTell('progress')
  const first = await client.saveMessage(1, draft())
  clock.advance(1)
  const second = await client.saveMessage(1, draft({ after: 1, words: 'Thank you. It works now.' }))
  clock.advance(1)
  await client.saveMessage(1, draft({ kind: 'thanks' }))

  const { messages, published } = await client.listMessages(1)

  expect(messages.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
    'thanks 1',
    'changed 2',
    'changed 1',
  ])
  expect(messages[2]).toEqual(first)
  expect(second).toMatchObject({ version: 2, by: 'Portal owner', at: clock.at + 1 })
  expect(published).toBeNull()
  expect(
    await rows('SELECT what, before, after FROM event WHERE entry_id = ? ORDER BY at', entryId),
  ).toEqual([
    { what: 'message-saved', before: 'changed', after: '1' },
    { what: 'message-saved', before: 'changed', after: '2' },
    { what: 'message-saved', before: 'thanks', after: '1' },
  ])
})

test('sending the same version twice saves it once; another one after the same is told the newest', async () => {
  const { workspace, client } = await newEntryToTell()
  const mine = draft()
  const saved = await client.saveMessage(1, mine)

  expect(await client.saveMessage(1, mine)).toEqual(saved)
  const response = await workspace.owner.browser.send('/app/entries/1/messages', {
    method: 'POST',
    body: JSON.stringify(draft({ words: 'Thank you. Mine.' })),
  })
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ error: 'changed', newest: { id: mine.id } })
  expect((await client.listMessages(1)).messages).toHaveLength(1)
})

test('older versions come page by page', async () => {
  const { clock, client } = await newEntryToTell()
  for (let after = 0; after < 25; after += 1) {
    clock.advance(1)
    // oxlint-disable-next-line no-await-in-loop -- each follows the one before
    await client.saveMessage(1, draft({ after }))
  }

  const first = await client.listMessages(1)
  const second = await client.listMessages(1, first.next ?? '')

  expect([...first.messages, ...second.messages].map(({ version }) => version)).toEqual(
    Array.from({ length: 25 }, (_, index) => 25 - index),
  )
  expect(second.next).toBeNull()
})

test.each([
  ['new', draft(), '422 not-closed'],
  ['closed', draft({ kind: 'thanks' }), '422 only-thanks'],
  ['closed', draft({ words: 'Thank you. Call 555 010 4477.' }), '422 personal-data'],
  ['closed', draft({ youSaid: 'Mrs Smith waited' }), '422 personal-data'],
  ['closed', draft({ words: 'Thank you to the two nurses.' }), '422 personal-data'],
  ['closed', draft({ words: 'Thank you from Wing Seven.' }), '422 personal-data'],
  ['closed', draft({ words: 'To serve you better!' }), 'done'],
  ['reopened', draft(), 'done'],
] as const)('publishing on an entry in %s: %o is answered %s', async (state, message, answer) => {
  const { workspace, client } = await newEntryToTell(state)
  await workspace.owner.client.changeWorkspace({ privateWords: ['Wing Seven'] })
  await client.saveMessage(1, message)

  expect(await refusalOf(client.publish(1, message.id))).toBe(answer)
})

test('a message of another entry is not there to publish', async () => {
  const { workspace, client } = await newEntryToTell()
  await insertEntries(workspace.id, [{ number: 2, state: 'closed' }])
  const message = draft()
  await client.saveMessage(2, message)

  expect(await refusalOf(client.publish(1, message.id))).toBe('404 not-found')
})

test('what was told is listed, drafts are not, and each says whether it is public', async () => {
  const { clock, workspace, client } = await newEntryToTell()
  await insertEntries(workspace.id, [{ number: 2, state: 'progress' }])
  const told = draft()
  await client.saveMessage(1, told)
  await client.saveMessage(2, draft())
  clock.advance(1)
  const newer = draft({ after: 1 })
  await client.saveMessage(1, newer)
  await client.publish(1, told.id)

  const page = await client.listTold()

  expect(page.told.map(({ id, isPublished, entry }) => [id, isPublished, entry.number])).toEqual([
    [newer.id, false, 1],
    [told.id, true, 1],
  ])
  expect(page).toMatchObject({ next: null, slug: null, cannotFix: null })
})

test('what cannot be fixed is a share of what was closed this year, never a count', async () => {
  const { workspace, client } = await newEntryToTell('new')
  const ids = await insertEntries(
    workspace.id,
    [2, 3, 4, 5, 6].map((number) => ({ number, state: 'closed', changedAt: Date.now() })),
  )
  await env.DB.batch(
    ids.map((id, index) =>
      env.DB.prepare(
        'INSERT INTO entry_work (entry_id, workspace_id, close_code) VALUES (?1, ?2, ?3)',
      ).bind(id, workspace.id, index === 0 ? 'cannot-fix' : 'successful'),
    ),
  )

  expect((await client.listTold()).cannotFix).toBe(0.2)
})
