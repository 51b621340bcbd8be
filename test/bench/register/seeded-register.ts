import { randomBytes } from 'node:crypto'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

import { uuidv7 } from '#shared/id'

import { seededRandom } from '../../support/seeded'
import { generatedNotes } from '../grouping/generated-workspace'

const DAY_MS = 86_400_000
const PEOPLE = 40
const REVIEWERS = 12
const EVENTS_AN_ENTRY = 3
const STATES = ['new', 'accepted', 'analyse', 'progress', 'hold', 'check', 'reopened', 'closed']
const SERVICES = Array.from({ length: 20 }, (_, index) => `Service ${index + 1}`)

/**
 * Fills a workspace as years of work would: a tenth as many entries as notes, in every state, with
 * owners, services, promises kept, open and late, work and history. Straight into the file; the
 * triggers do what they always do.
 *
 * @returns the number of an entry with more notes than most
 */
export function seedRegister(
  database: DatabaseSync,
  workspaceId: string,
  notes: number,
  now: number,
): number {
  const below = chanceOf(notes)
  const entries = Math.max(1, Math.floor(notes / 10))
  const day = (from: number) => new Date(now + from * DAY_MS).toISOString().slice(0, 10)
  database.exec('PRAGMA foreign_keys = OFF; BEGIN')
  const people = Array.from({ length: PEOPLE }, () =>
    uuidv7(now, (length) => new Uint8Array(randomBytes(length))),
  )
  for (const [index, id] of people.entries())
    insert(database, 'person', {
      id,
      workspace_id: workspaceId,
      name: `Person ${index}`,
      role: index < REVIEWERS ? 'reviewer' : 'walker',
      created_at: 0,
    })
  for (const [index, name] of SERVICES.entries())
    insert(database, 'service', {
      id: `${workspaceId}s${index}`,
      workspace_id: workspaceId,
      provider: 'IT',
      name,
      channels: '[]',
    })
  const pick = <Of>(from: readonly Of[]): Of => from[below(from.length)] as Of
  const titles = generatedNotes(entries, 1)
  for (let number = 1; number <= entries; number += 1) {
    const id = entryId(workspaceId, number)
    const isLiked = number % 20 === 0
    const changedAt = now - below(90) * DAY_MS
    const title = (titles.next().value?.note.words ?? 'x').slice(0, 60)
    insert(database, 'entry', {
      id,
      workspace_id: workspaceId,
      number,
      mood: isLiked ? 'liked' : 'embarrassed',
      title: number % 9 === 0 ? `The form forgets ${title}` : title,
      service: pick(SERVICES),
      channel: pick(['portal', 'phone', 'desk']),
      kind: 'confusing',
      state: isLiked ? 'kept' : pick(STATES),
      owner_person: below(3) === 0 ? null : pick(people.slice(0, REVIEWERS)),
      impact: isLiked ? null : pick([1, 2, 3, 4, null]),
      effort: isLiked ? null : pick(['S', 'M', 'L', 'XL', null]),
      due: below(2) === 0 ? day(below(60) - 20) : null,
      monthly: below(4) === 0 ? below(500) : null,
      monthly_source: 'the desk’s count',
      notes: 10,
      leaders: 1 + below(8),
      worst: 1 + below(3),
      free: Number(below(4) === 0),
      opened_at: changedAt - 10 * DAY_MS,
      changed_at: changedAt,
      version: 1,
      seq: number,
    })
    workOn(database, workspaceId, id, { below, number, day })
    for (let index = 0; index < EVENTS_AN_ENTRY; index += 1)
      insert(database, 'event', {
        id: `${id}v${index}`,
        workspace_id: workspaceId,
        entry_id: id,
        at: changedAt + index,
        actor: pick(people),
        what: 'impact',
        before: null,
        after: '3',
      })
  }
  placeNotes(database, workspaceId, { notes, entries, people, below, now })
  database
    .prepare('UPDATE workspace SET seq = ?, next_entry_number = ? WHERE id = ?')
    .run(notes + entries + 1, entries + 1, workspaceId)
  database.exec('COMMIT')
  return Math.max(1, Math.floor(entries / 2))
}

type Below = (most: number) => number

/** Whole numbers from 0 to below a given one, the same each time. */
function chanceOf(seed: number): Below {
  const random = seededRandom(seed)
  return (most) => Math.floor(random() * most)
}

function entryId(workspaceId: string, number: number): string {
  return `${workspaceId}e${number}`
}

interface Work {
  below: Below
  number: number
  day: (from: number) => string
}

function workOn(
  database: DatabaseSync,
  workspaceId: string,
  id: string,
  { below, number, day }: Work,
) {
  if (number % 5 > 1) return
  insert(database, 'entry_work', {
    entry_id: id,
    workspace_id: workspaceId,
    is_systemic: Number(below(3) === 0),
    actions: below(2) === 0 ? '[]' : '[{"kind":"good","words":"Ask once"}]',
    review_on: day(below(40) - 20),
    hold_day: day(below(40) - 20),
  })
}

interface Placed {
  notes: number
  entries: number
  people: readonly string[]
  below: Below
  now: number
}

function placeNotes(
  database: DatabaseSync,
  workspaceId: string,
  { notes, entries, people, below, now }: Placed,
) {
  let index = 0
  for (const { note } of generatedNotes(notes, 2)) {
    index += 1
    const id = `${workspaceId}n${index}`
    const person = people[below(PEOPLE)] ?? ''
    const at = now - below(90) * DAY_MS
    const entry = entryId(workspaceId, 1 + (index % entries))
    insert(database, 'note', {
      id,
      workspace_id: workspaceId,
      person_id: person,
      source: 'walk',
      mood: 'embarrassed',
      kind: note.kind,
      wince: 2,
      words: note.words,
      first_words: '',
      service: note.service,
      channel: 'portal',
      place: JSON.stringify(note.place ?? { kind: 'unseen' }),
      place_key: '',
      wide_place_key: '',
      at,
      received_at: at,
      rev: 1,
      seq: entries + index,
      grouped: 1,
      arrived: index,
    })
    insert(database, 'entry_note', {
      workspace_id: workspaceId,
      entry_id: entry,
      note_id: id,
      placed_by: 'grouping',
      why: '{"decision":"join","sentence":"Same page"}',
      at,
      current: 1,
    })
    if (index % 40 !== 0) continue
    const isSettled = below(2) === 0
    insert(database, 'follow_up', {
      id,
      workspace_id: workspaceId,
      note_id: id,
      entry_id: entry,
      person_id: person,
      seen_through_by: person,
      since: at,
      due_at: isSettled ? null : at + DAY_MS,
      settled_at: isSettled ? at + DAY_MS / 2 : null,
      outcome: isSettled ? 'satisfied' : null,
    })
  }
}

const prepared = new WeakMap<DatabaseSync, Map<string, ReturnType<DatabaseSync['prepare']>>>()

function insert(database: DatabaseSync, table: string, row: Record<string, SQLInputValue>) {
  const columns = Object.keys(row)
  const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  const known = prepared.get(database) ?? new Map<string, ReturnType<DatabaseSync['prepare']>>()
  prepared.set(database, known)
  const statement = known.get(text) ?? database.prepare(text)
  known.set(text, statement)
  statement.run(...Object.values(row))
}
