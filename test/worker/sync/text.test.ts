import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { toStorableText } from '#shared/text'

import { openDatabase } from '../../../worker/database/open'
import { applyOps } from '../../../worker/sync/push'
import { MORNING, newNote, noteOp } from '../../support/ops'
import { newSender, rows } from './support'

test(
  'any text that a device may send comes back from the database unchanged',
  { timeout: 60_000 },
  async () => {
    const { workspace, personId, id: pairingId, captureId: deviceId } = await newSender()
    const sender = { workspaceId: workspace.id, personId, pairingId, deviceId, epoch: 1 }
    const text = fc
      .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
      .map(toStorableText)
    let mid = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text, text), { minLength: 10, maxLength: 10 }),
        async (texts) => {
          const notes = texts.map(([words, firstWords, expected]) =>
            newNote({ words, firstWords, expected }),
          )

          const ops = notes.map((note) => noteOp((mid += 1), note))
          await applyOps(env.DB, openDatabase(env.DB), sender, { proto: 1, ops }, MORNING)

          const stored = await rows<{
            id: string
            words: string
            first_words: string
            expected: string
          }>(
            'SELECT id, words, first_words, expected FROM note WHERE id IN (SELECT value FROM json_each(?))',
            JSON.stringify(notes.map(({ id }) => id)),
          )
          const byId = new Map(stored.map((row) => [row.id, row]))
          for (const { id, words, firstWords, expected } of notes) {
            expect(byId.get(id)).toEqual({ id, words, first_words: firstWords, expected })
          }
        },
      ),
      { numRuns: 100 },
    )
  },
)
