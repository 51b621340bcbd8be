import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import type { Note } from '#shared/note'

import { topicNote } from '../../support/ops'
import { newSender, rows } from '../sync/support'
import { entriesOf, entryOf, note } from './support'

test('a note at the place of a merged entry goes to the one it was merged into', async () => {
  const device = await newSender()
  const late = topicNote(0)
  await note(device, topicNote(0), topicNote(1))
  const [merged, target] = await entriesOf(device)
  await env.DB.prepare("UPDATE entry SET state = 'merged', merged_into = ? WHERE id = ?")
    .bind(target?.id, merged?.id)
    .run()

  await note(device, late)
  expect(await entryOf(late)).toBe(2)

  // Both speak with one voice: one of the two notes was there.
  const reasonOf = async (of: Note) => {
    const [row] = await rows<{ why: string }>('SELECT why FROM entry_note WHERE note_id = ?', of.id)
    const { suggestions } = JSON.parse(row?.why ?? '{}') as {
      suggestions: { number: number; reason: string }[]
    }
    return `${suggestions[0]?.number} ${suggestions[0]?.reason}`
  }
  expect(await reasonOf(late)).toContain('2 Same button on the same page (1 of 2).')
  // Found by what is its own, it still has what was merged into it.
  const another = topicNote(1)
  await note(device, another)
  expect(await reasonOf(another)).toContain('2 Same button on the same page (1 of 3).')

  await env.DB.prepare("UPDATE entry SET state = 'new', merged_into = NULL WHERE id = ?")
    .bind(merged?.id)
    .run()
  const apart = topicNote(1)
  await note(device, apart)
  expect(await reasonOf(apart)).toContain('2 Same button on the same page (2 of 3).')
})
