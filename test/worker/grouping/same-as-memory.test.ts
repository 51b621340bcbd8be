import fc from 'fast-check'
import { expect, test } from 'vitest'

import { CandidateIndex } from '#shared/grouping/candidate-index'
import { choose } from '#shared/grouping/choose'
import { type GrowingEntry, emptyEntry } from '#shared/grouping/entry-stats'
import { fingerprintOf } from '#shared/grouping/fingerprint'
import { noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'
import type { Note } from '#shared/note'

import { newId, newNote, pagePlace } from '../../support/ops'
import { type Device, newSender, rows } from '../sync/support'
import { brokenRules, note } from './support'

const WORDS = ['printer', 'jams', 'password', 'reset', 'queue', 'badge', 'menu', 'form', 'ouch']
const WALKS = [newId(), newId()]
const SERVICES = ['IT', 'it desk', 'Library', null] as const

/** A few words at a few places, so that much is alike and little is the same. */
const drawn = fc.record({
  who: fc.nat(1),
  mood: fc.constantFrom('embarrassed', 'embarrassed', 'liked'),
  words: fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }),
  kind: fc.constantFrom('broken', 'jargon', 'slow', null),
  service: fc.constantFrom(...SERVICES),
  route: fc.constantFrom('/', '/a', '/a/b', '/c'),
  button: fc.constantFrom('Send', 'Next', null),
  walk: fc.constantFrom(...WALKS, null),
  ago: fc.nat(1_000),
})

function toNote(given: typeof drawn extends fc.Arbitrary<infer Drawn> ? Drawn : never): Note {
  const { mood, words, kind, service, route, button, walk, ago } = given
  return newNote({
    mood,
    words: words.join(' '),
    kind: mood === 'liked' ? null : kind,
    service,
    walkId: walk,
    at: newNote().at + ago * 60_000,
    place: pagePlace({
      route,
      title: null,
      anchor: button === null ? null : { role: 'button', name: button, selectors: [] },
    }),
  })
}

/** What the engine says of these notes, one after the other, when it keeps everything in memory. */
function inMemory(notes: readonly { note: Note; person: string }[]): object[] {
  const index = new CandidateIndex()
  const entries = new Map<string, GrowingEntry>()
  const twins = new Map<string, string>()
  return notes.map(({ note: { walkId, ...each }, person }) => {
    const features = noteFeaturesOf({ ...each, walk: walkId, person })
    const print = fingerprintOf(features)
    const twin = entries.get(twins.get(print ?? '') ?? '')
    const found = index.find(features)
    const candidates = twin && !found.includes(twin) ? [...found, twin] : found
    const corpus = index.corpusOf(features.mood)
    const choice = choose({ note: features, candidates, corpus, twin: twin?.id ?? null }, WEIGHTS)
    const best = choice.decision === 'open' ? undefined : entries.get(choice.entryId)
    const number = entries.size + 1
    const entry =
      choice.decision === 'join' && best
        ? best
        : emptyEntry(`e${number}`, number, features.mood, best?.root)
    entries.set(entry.id, entry)
    index.add(entry, features)
    if (print !== null && !twins.has(print)) twins.set(print, entry.id)
    return {
      decision: choice.decision,
      p: choice.p,
      into: entry.number,
      suggestions: choice.suggestions.map(({ number: of, p }) => [of, p]),
    }
  })
}

/** What was written down about them, in the same words. */
async function inDatabase({ workspace }: Device): Promise<object[]> {
  const found = await rows<{ why: string; number: number }>(
    `SELECT why, number FROM note JOIN entry_note ON note_id = note.id JOIN entry ON entry.id = entry_id
     WHERE note.workspace_id = ? ORDER BY entry_note.rowid`,
    workspace.id,
  )
  return found.map(({ why, number }) => {
    const { decision, p, suggestions } = JSON.parse(why) as {
      decision: string
      p: number
      suggestions: { number: number; p: number }[]
    }
    return {
      decision,
      p,
      into: number,
      suggestions: suggestions.map((each) => [each.number, each.p]),
    }
  })
}

test('whatever comes, in pushes of any size, is placed as if all of the register were in memory', async () => {
  const push = fc.array(drawn, { minLength: 1, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(fc.array(push, { minLength: 1, maxLength: 8 }), async (pushes) => {
      const one = await newSender()
      const devices = [one, await newSender({ workspace: one.workspace })]
      const sent: { note: Note; person: string }[] = []
      for (const each of pushes) {
        // A push is one person's; its notes keep their order.
        const device = devices[each[0]?.who ?? 0] ?? one
        const notes = each.map(toNote)
        await note(device, ...notes)
        sent.push(...notes.map((made) => ({ note: made, person: device.personId })))
      }

      expect(await inDatabase(one)).toEqual(inMemory(sent))
      expect(await brokenRules(one)).toEqual([])
    }),
    { numRuns: 15 },
  )
}, 180_000)

test('the same notes in another workspace end in the same entries, for the same reasons', async () => {
  const notes = fc.sample(drawn, { numRuns: 40, seed: 7 }).map(toNote)
  const ended: object[][] = []
  while (ended.length < 2) {
    const device = await newSender()
    for (let from = 0; from < notes.length; from += 10)
      await note(device, ...notes.slice(from, from + 10).map((each) => ({ ...each, id: newId() })))
    ended.push(await inDatabase(device))
  }

  expect(ended[1]).toEqual(ended[0])
})
