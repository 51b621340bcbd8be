import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

import { type GrowingEntry, addNote, emptyEntry } from '#shared/grouping/entry-stats'
import { type GroupableNote, noteFeaturesOf } from '#shared/grouping/note-features'
import { channelOf } from '#shared/place'

import { EVERY_NOTE } from '../../worker/database/index-rows'
import { toAskingNote } from '../../worker/ranking/register-view'
import { toSummary } from '../../worker/ranking/summary'

interface Numbered {
  group: string
  note: GroupableNote
}

interface SeededEntry extends GrowingEntry {
  counts: Map<string, number>
  first: GroupableNote
}

/**
 * Fills a workspace with the first `placed` notes, each in the entry of its group, as if people had
 * sorted them, and leaves the rest waiting; in bulk, straight into the file.
 */
export function seedWorkspace(
  database: DatabaseSync,
  workspaceId: string,
  notes: Iterable<Numbered>,
  placed: number,
): void {
  const entries = new Map<string, SeededEntry>()
  const persons = new Set<string>()
  database.exec('PRAGMA foreign_keys = OFF; BEGIN')
  insert(database, 'workspace', ['id', 'name', 'created_at'])(workspaceId, 'Scale', 0)
  const addNoteRow = insert(database, 'note', NOTE_COLUMNS)
  const addPlace = insert(database, 'entry_note', PLACE_COLUMNS)
  const addIndex = insert(database, 'note_index', INDEX_COLUMNS)
  const person = insert(database, 'person', ['id', 'workspace_id', 'name', 'role', 'created_at'])
  let seq = 0
  for (const { group, note } of notes) {
    seq += 1
    const id = `${workspaceId}n${seq}`
    const personId = `${workspaceId}${note.person}`
    const place = note.place ?? { kind: 'unseen' as const }
    if (!persons.has(personId)) person(personId, workspaceId, 'Lea', 'walker', 0)
    persons.add(personId)
    const row = [note.kind, note.words, note.service, channelOf(place), JSON.stringify(place)]
    const isPlaced = seq <= placed
    addNoteRow(id, workspaceId, personId, note.walk, ...row, note.at, seq, Number(isPlaced))
    if (!isPlaced) continue
    const known = { ...note, place, person: personId }
    const { features, tokens, print } = toAskingNote(id, noteFeaturesOf(known))
    const number = entries.size + 1
    const entry =
      entries.get(group) ??
      Object.assign(emptyEntry(`${workspaceId}e${number}`, number, note.mood), {
        counts: new Map<string, number>(),
        first: note,
      })
    entries.set(group, entry)
    addNote(entry, features)
    for (const token of [EVERY_NOTE, ...tokens])
      entry.counts.set(token, (entry.counts.get(token) ?? 0) + 1)
    addPlace(workspaceId, entry.id, id, 'grouping', '{}', seq, 1)
    addIndex(workspaceId, id, entry.id, JSON.stringify([EVERY_NOTE, ...tokens]), print)
  }
  insertEntries(database, workspaceId, entries)
  const next = database.prepare('UPDATE workspace SET seq = ?, next_entry_number = ? WHERE id = ?')
  next.run(seq + entries.size, entries.size + 1, workspaceId)
  database.exec('COMMIT')
}

function insertEntries(
  database: DatabaseSync,
  workspaceId: string,
  entries: ReadonlyMap<string, SeededEntry>,
): void {
  const addEntry = insert(database, 'entry', ENTRY_COLUMNS)
  const addSummary = insert(database, 'entry_summary', ['workspace_id', 'entry_id', 'data'])
  const addToken = insert(database, 'entry_token', TOKEN_COLUMNS)
  const all = new Map<string, { notes: number; entries: number }>()
  for (const entry of entries.values()) {
    const { id, number, mood, size, first } = entry
    const title = first.words.slice(0, 50)
    const state = [number, mood, title, first.service, 'portal', first.kind, 'new', size, 1, 2, 0]
    addEntry(id, workspaceId, ...state, 0, 0, size, number)
    addSummary(workspaceId, id, toSummary(entry))
    for (const [token, notes] of entry.counts) {
      addToken(workspaceId, id, token, mood, number, notes)
      const known = all.get(token) ?? { notes: 0, entries: 0 }
      all.set(token, { notes: known.notes + notes, entries: known.entries + 1 })
    }
  }
  const addAll = insert(database, 'token', ['workspace_id', 'mood', 'token', 'notes', 'entries'])
  for (const [token, { notes, entries: having }] of all)
    addAll(workspaceId, 'embarrassed', token, notes, having)
}

/** Writes one row a call; what the table has no word for here is the same in all of them. */
function insert(database: DatabaseSync, table: string, columns: readonly string[]) {
  const fixed = Object.entries(FIXED[table] ?? {})
  const names = [...columns, ...fixed.map(([name]) => name)]
  const values = [...columns.map(() => '?'), ...fixed.map(([, value]) => value)]
  const statement = database.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`,
  )
  return (...row: SQLInputValue[]) => statement.run(...row)
}

const FIXED: Partial<Record<string, Record<string, string>>> = {
  note: {
    source: "'walk'",
    mood: "'embarrassed'",
    wince: '2',
    first_words: "''",
    place_key: "''",
    wide_place_key: "''",
    received_at: '0',
    rev: '1',
  },
}
const NOTE_COLUMNS = [
  'id',
  'workspace_id',
  'person_id',
  'walk_id',
  'kind',
  'words',
  'service',
  'channel',
  'place',
  'at',
  'seq',
  'grouped',
]
const PLACE_COLUMNS = ['workspace_id', 'entry_id', 'note_id', 'placed_by', 'why', 'at', 'current']
const INDEX_COLUMNS = ['workspace_id', 'note_id', 'entry_id', 'tokens', 'print']
const TOKEN_COLUMNS = ['workspace_id', 'entry_id', 'token', 'mood', 'number', 'notes']
const ENTRY_COLUMNS = [
  'id',
  'workspace_id',
  'number',
  'mood',
  'title',
  'service',
  'channel',
  'kind',
  'state',
  'notes',
  'leaders',
  'worst',
  'free',
  'opened_at',
  'changed_at',
  'version',
  'seq',
]
