import fc from 'fast-check'
import { expect, test } from 'vitest'

import { noteFeaturesOf } from '#shared/grouping/note-features'
import { tokensOf } from '#shared/grouping/tokens'
import type { Note } from '#shared/note'

import {
  newPart,
  newWalk,
  noteOp,
  pageStep,
  partOp,
  recallOp,
  topicNote,
  walkRecallOp,
} from '../../support/ops'
import { brokenRules } from '../grouping/support'
import { newSender, push, rows } from '../sync/support'
import { leftOf } from './support'

const WORDS = ['printer', 'password', 'queue', 'laptop', 'badge', 'menu', 'form', 'hold']

/**
 * A note of one of two leaders, the recall of one that was sent, a part of one's walk, or the recall
 * of its timeline; some recalls come right behind their note.
 */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('note' as const),
      who: fc.integer({ min: 0, max: 1 }),
      words: fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 6 }),
      place: fc.integer({ min: 0, max: 2 }),
      wince: fc.constantFrom(null, 1, 3),
      isRecalledAtOnce: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recall' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('timeline' as const),
      who: fc.integer({ min: 0, max: 1 }),
      isRecalled: fc.boolean(),
    }),
  },
)

/** A word that no other note or walk has. */
const canaryOf = (count: number) =>
  `vogel${count.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')}kanari`

/** What the postings of a workspace would be if only these notes had ever been sent, by entry. */
async function postingsOf(workspaceId: string, notes: readonly Note[]) {
  const placed = await rows<{ note_id: string; entry_id: string; person_id: string }>(
    'SELECT note_id, entry_id, person_id FROM entry_note JOIN note ON note.id = note_id WHERE entry_note.workspace_id = ? AND current = 1',
    workspaceId,
  )
  const persons = new Map(placed.map((row) => [row.note_id, row.person_id]))
  const counts = new Map<string, number>()
  const add = (entryId: string, key: string) =>
    counts.set(`${entryId} ${key}`, (counts.get(`${entryId} ${key}`) ?? 0) + 1)
  for (const { note_id: noteId, entry_id: entryId } of placed) {
    const note = notes.find(({ id }) => id === noteId)
    if (note === undefined) throw new Error('a recalled note is still in an entry')
    const features = noteFeaturesOf({
      ...note,
      walk: note.walkId,
      person: persons.get(noteId) ?? null,
    })
    for (const token of ['', ...tokensOf(features)]) add(entryId, token)
  }
  const ofMood = new Map<string, { having: number; entries: number }>()
  for (const [key, count] of counts) {
    const token = key.slice(key.indexOf(' ') + 1)
    const all = ofMood.get(token) ?? { having: 0, entries: 0 }
    ofMood.set(token, { having: all.having + count, entries: all.entries + 1 })
  }
  return [
    ...[...counts].map(([key, count]) => `${key} ${count}`),
    ...[...ofMood].map(([token, { having, entries }]) => `${token} ${having} ${entries}`),
  ].toSorted()
}

test('whatever is sent and recalled, the register is as if what was recalled had never been', async () => {
  let canaries = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const one = await newSender()
      const other = await newSender({ workspace: one.workspace })
      const devices = [one, other]
      const mids = [0, 0]
      const alive: { note: Note; who: number; canary: string }[] = []
      const gone: string[] = []
      /** Of each leader the walk that goes on: one that is taken back is followed by another. */
      const walks = devices.map(() => ({ walk: newWalk(), parts: 0, canaries: [] as string[] }))
      const told: string[] = []
      const send = async (who: number, ...ops: ((mid: number) => unknown)[]) => {
        const device = devices[who] ?? one
        const minted = ops.map((mint) => mint((mids[who] = (mids[who] ?? 0) + 1)))
        const results = await push(device, minted)
        expect(results.map(({ status }) => status)).toEqual(minted.map(() => 'applied'))
      }
      for (const each of steps) {
        if (each.kind === 'recall') {
          const [chosen] = alive.splice(each.which % Math.max(1, alive.length), 1)
          if (chosen === undefined) continue
          await send(chosen.who, (mid) => recallOp(mid, chosen.note.id))
          gone.push(chosen.canary)
          continue
        }
        const canary = canaryOf((canaries += 1))
        if (each.kind === 'timeline') {
          const current = walks[each.who] ?? walks[0]
          if (current === undefined) continue
          const { walk } = current
          current.parts += 1
          current.canaries.push(canary)
          const part = newPart({
            walk: { ...walk, errand: canary },
            part: current.parts,
            steps: [pageStep(current.parts, `/${canary}`)],
          })
          await send(each.who, (mid) => partOp(mid, part))
          if (!each.isRecalled) continue
          await send(each.who, (mid) => walkRecallOp(mid, walk.id))
          gone.push(...current.canaries)
          walks[each.who] = { walk: newWalk(), parts: 0, canaries: [] }
          continue
        }
        // Of three topics, so that several entries have what one of them loses.
        const note = topicNote(each.place, {
          words: `${canary} ${each.words.join(' ')}`,
          wince: each.wince as Note['wince'],
        })
        const recall = (mid: number) => recallOp(mid, note.id)
        await send(each.who, (mid) => noteOp(mid, note), ...(each.isRecalledAtOnce ? [recall] : []))
        if (each.isRecalledAtOnce) gone.push(canary)
        else alive.push({ note, who: each.who, canary })
      }

      told.push(...walks.flatMap((current) => current.canaries))
      expect(await leftOf(...gone)).toEqual([])
      expect(await leftOf(...told)).toEqual(told)
      expect(await brokenRules(one)).toEqual([])
      const postings = await rows<{ line: string }>(
        `SELECT entry_id || ' ' || token || ' ' || notes AS line FROM entry_token WHERE workspace_id = ?1
         UNION ALL SELECT token || ' ' || notes || ' ' || entries FROM token WHERE workspace_id = ?1`,
        one.workspace.id,
      )
      expect(postings.map(({ line }) => line).toSorted()).toEqual(
        await postingsOf(
          one.workspace.id,
          alive.map(({ note }) => note),
        ),
      )
      const empty = await rows(
        "SELECT id FROM entry WHERE workspace_id = ? AND (notes = 0) <> (state = 'withdrawn')",
        one.workspace.id,
      )
      expect(empty).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 120_000)
