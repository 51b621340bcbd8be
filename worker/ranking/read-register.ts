import * as v from 'valibot'

import { addNote, emptyEntry } from '#shared/grouping/entry-stats'
import type { ServiceNames } from '#shared/grouping/service'
import { Mood } from '#shared/note'

import type { Db } from '../database/open'
import { type Written, readAll } from '../database/write-all'
import {
  findKeptApart,
  findMembers,
  findNamed,
  findPostings,
  findSizes,
  findTwins,
  followProposals,
  listNewestNotes,
  readCounts,
  readEntries,
} from './queries'
import {
  type AskingNote,
  type KnownEntry,
  RegisterView,
  knownEntry,
  knows,
  setCount,
  toTop,
} from './register-view'
import { featuresOfStored, toStoredNote } from './stored-note'
import { addSummary, toSummary } from './summary'

export interface RankingDeps {
  d1: D1Database
  db: Db
  workspaceId: string
  names: ServiceNames
}

/** A summary that was made anew, and the version of the entry that it is true of. */
export interface MadeSummary {
  entryId: string
  version: number
  data: string
}

/** Entries whose summary is made anew in one round; what is left over goes without for once. */
const MAX_MADE = 40

const PostingsRow = v.object({
  token: v.string(),
  notes: v.number(),
  entries: v.number(),
  top: v.nullable(v.pipe(v.string(), v.parseJson(), v.array(v.tuple([v.number(), v.number()])))),
})
const SizeRow = v.object({
  id: v.string(),
  number: v.number(),
  mood: Mood,
  notes: v.number(),
  merged_into: v.nullable(v.string()),
  has_parts: v.number(),
})
const MemberRow = v.object({
  root: v.string(),
  id: v.string(),
  number: v.number(),
  mood: Mood,
  notes: v.number(),
})

/**
 * What these notes need to know of the register to find entries that they may fit; two calls, three
 * where something was merged.
 *
 * @param own the entries that notes are in already, by note: none is asked about its own
 * @param named the entries that their authors say they are the same as, by note
 */
export async function readRegister(
  { d1, db, workspaceId }: RankingDeps,
  notes: readonly AskingNote[],
  own: ReadonlyMap<string, string> = new Map(),
  named: ReadonlyMap<string, string> = new Map(),
): Promise<RegisterView> {
  const prints = notes.flatMap(({ print }) => print ?? [])
  const [twins, said, apart, ...found] = await readAll(d1, [
    findTwins(db, workspaceId, prints),
    findNamed(db, workspaceId, [...named]),
    findKeptApart(db, workspaceId, [...notes.map(({ id }) => [id, id] as const), ...own.entries()]),
    ...notes.map(({ features, asked }) => findPostings(db, workspaceId, features.mood, asked)),
  ])
  const postings = found.map(({ rows }) => rows.map((row) => v.parse(PostingsRow, row)))
  const numbers = new Set(
    postings.flat().flatMap(({ top }) => (top ?? []).map(([number]) => number)),
  )
  for (const { rows } of [twins, said].filter((each) => each !== undefined))
    for (const row of rows) numbers.add(Number(row['number']))
  const view = new RegisterView()
  const byNumber = await readMembers({ d1, db, workspaceId }, view, [...numbers])
  for (const [index, { features }] of notes.entries())
    for (const { token, notes: having, entries, top } of postings[index] ?? []) {
      if (top === null && view.hasPostings(features.mood, token)) continue
      view.addPostings(features.mood, token, {
        notes: having,
        entries,
        top: toTop(top ?? [], byNumber),
      })
    }
  for (const row of twins?.rows ?? []) {
    const twin = byNumber.get(Number(row['number']))
    if (twin) view.addTwin(String(row['print']), twin)
  }
  for (const row of said?.rows ?? []) {
    const entry = byNumber.get(Number(row['number']))
    if (entry) view.addNamed(String(row['note_id']), entry)
  }
  for (const row of apart?.rows ?? [])
    for (const other of [row['other_id'], row['entry_id']])
      if (typeof other === 'string') view.keepApart(String(row['note_id']), other)
  for (const [noteId, entryId] of own) view.keepApart(noteId, entryId)
  return view
}

/** @returns the entries by their numbers, and by those of what was merged into them */
async function readMembers(
  { d1, db, workspaceId }: Omit<RankingDeps, 'names'>,
  view: RegisterView,
  numbers: readonly number[],
): Promise<Map<number, KnownEntry>> {
  const byNumber = new Map<number, KnownEntry>()
  if (numbers.length === 0) return byNumber
  const [found] = await readAll(d1, [findSizes(db, workspaceId, numbers)])
  const sizes = found?.rows.map((row) => v.parse(SizeRow, row)) ?? []
  const roots = sizes.flatMap(({ id, merged_into, has_parts }) =>
    merged_into === null && has_parts === 0 ? [] : [merged_into ?? id],
  )
  const [merged] = await readAll(
    d1,
    roots.length === 0 ? [] : [findMembers(db, workspaceId, [...new Set(roots)])],
  )
  const members = merged?.rows.map((row) => v.parse(MemberRow, row)) ?? []
  for (const { id, number, mood, notes } of [
    ...sizes.filter((size) => size.merged_into === null),
    ...members.filter((member) => member.id === member.root),
  ]) {
    if (view.entry(id) !== undefined) continue
    const entry = knownEntry(id, number, mood)
    entry.size = notes
    view.addEntry(entry)
    byNumber.set(number, entry)
  }
  for (const { root, id, number, notes } of members) {
    const entry = view.entry(root)
    if (entry === undefined || id === root) continue
    if (entry.own === entry) {
      entry.own = emptyEntry(root, entry.number, entry.mood)
      entry.own.size = entry.size
    }
    entry.size += notes
    entry.members = [...entry.members, id]
    byNumber.set(number, entry)
  }
  return byNumber
}

/**
 * Reads all that ranking needs of the entries that each of these notes may fit, where it is not
 * known yet; one call, two where a summary has to be made anew.
 *
 * @returns the summaries that were made, for whoever writes next
 */
export async function readCandidates(
  deps: RankingDeps,
  view: RegisterView,
  notes: readonly AskingNote[],
): Promise<MadeSummary[]> {
  const { d1, db, workspaceId } = deps
  const lacking = notes
    .map((note) => ({ note, entries: view.find(note).filter((entry) => !knows(entry, note)) }))
    .filter(({ entries }) => entries.length > 0)
  if (lacking.length === 0) return []
  const unread = [...new Set(lacking.flatMap(({ entries }) => entries))].filter(
    ({ isRead }) => !isRead,
  )
  const [rows, proposals, ...counts] = await readAll(d1, [
    readEntries(
      db,
      workspaceId,
      unread.flatMap(({ members }) => members),
    ),
    followProposals(db, workspaceId, [
      ...unread.map(({ id }) => id),
      ...lacking.flatMap(({ note }) => view.apartFrom(note)),
    ]),
    ...lacking.map(({ note, entries }) =>
      readCounts(
        db,
        workspaceId,
        entries.flatMap(({ members }) => members),
        note.asked,
      ),
    ),
  ])
  for (const [index, { note, entries }] of lacking.entries())
    takeCounts(note, entries, counts[index])
  for (const row of proposals?.rows ?? []) view.setRoot(String(row['id']), String(row['root']))
  const stored = new Map(rows?.rows.map((row) => [String(row['id']), v.parse(EntryRow, row)]))
  return takeSummaries(deps, unread, stored)
}

const EntryRow = v.object({
  id: v.string(),
  version: v.number(),
  state: v.string(),
  notes: v.number(),
  data: v.nullable(v.string()),
})

function takeCounts(
  { id, asked }: AskingNote,
  entries: readonly KnownEntry[],
  counts: Written | undefined,
): void {
  const byMember = new Map(entries.flatMap((entry) => entry.members.map((each) => [each, entry])))
  for (const entry of entries) {
    entry.countedFor.add(id)
    for (const token of asked) entry.counts.delete(token)
  }
  for (const row of counts?.rows ?? []) {
    const entry = byMember.get(String(row['entry_id']))
    const token = String(row['token'])
    if (entry) setCount(entry, token, (entry.counts.get(token) ?? 0) + Number(row['notes']))
  }
}

async function takeSummaries(
  deps: RankingDeps,
  entries: readonly KnownEntry[],
  stored: ReadonlyMap<string, v.InferOutput<typeof EntryRow>>,
): Promise<MadeSummary[]> {
  const { d1, db, workspaceId } = deps
  const missing = entries
    .flatMap(({ members }) => members)
    .filter((id) => stored.get(id)?.data === null)
    .slice(0, MAX_MADE)
  const notes = await readAll(
    d1,
    missing.map((id) => listNewestNotes(db, workspaceId, id)),
  )
  const made = missing.flatMap((id, index) => {
    const [first, ...rest] = (notes[index]?.rows ?? []).map(toStoredNote).toReversed()
    if (first === undefined) return []
    const entry = emptyEntry(id, 0, first.mood)
    for (const note of [first, ...rest]) addNote(entry, featuresOfStored(note, deps.names))
    // The newest stand for all.
    const all = (stored.get(id)?.notes ?? 0) / entry.size
    for (const counts of [entry.kinds, entry.channels, entry.services])
      for (const [name, counted] of counts) counts.set(name, counted * Math.max(1, all))
    return [{ entryId: id, version: stored.get(id)?.version ?? 0, data: toSummary(entry) }]
  })
  const madeOf = new Map(made.map(({ entryId, data }) => [entryId, data]))
  for (const entry of entries) {
    const { version, state } = stored.get(entry.id) ?? {}
    Object.assign(entry, { version, state, isRead: true })
    entry.isSummed = typeof (madeOf.get(entry.id) ?? stored.get(entry.id)?.data) === 'string'
    for (const id of entry.members) {
      const data = madeOf.get(id) ?? stored.get(id)?.data
      if (typeof data !== 'string') continue
      addSummary(entry, data)
      if (id === entry.id && entry.own !== entry) addSummary(entry.own, data)
    }
  }
  return made
}
