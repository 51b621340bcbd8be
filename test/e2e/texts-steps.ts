import type { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'

import type { Step } from '#shared/step'
import { cutToBytes } from '#shared/text'

import type { Place } from '#shared/place'
import {
  callPlace,
  MORNING,
  newId,
  newNote,
  newPart,
  newWalk,
  NO_TOTALS,
  pagePlace,
} from '../support/ops'
import { SHOWN_TEXTS, type ShownText } from '../support/shown-texts'
import type { TriageDesk } from './story/triage'

/** A workspace that has a row for everything in which a text can stand, and what a page makes of them. */

export const SLUG = 'texts-of-everything'
const HOUR = 3_600_000

/** One of each kind that holds a text, in an order that a walk could have. */
function stepsWithTexts(): Step[] {
  const contact = {
    channel: 'desk',
    need: 'Rota',
    service: null,
    solved: 'no',
    treatedWell: null,
    reaction: null,
    screens: null,
    tags: [],
    exception: { words: 'Rule', way: null },
  }
  const kinds = [
    { kind: 'page', origin: 'https://help.example.org', route: '/', title: 'T', breadcrumb: [] },
    { kind: 'click', role: 'button', name: null },
    { kind: 'click', role: 'button', name: 'Send' },
    { kind: 'wait', ms: 9_000, for: 'Send' },
    { kind: 'error', status: 500, message: 'No' },
    { kind: 'dial', number: '4357', why: 'Wi-Fi' },
    { kind: 'heard', words: 'Welcome' },
    { kind: 'option', key: '1', label: 'A problem' },
    { kind: 'key', key: '1' },
    { kind: 'said', words: 'billing' },
    { kind: 'asked-again', thing: 'My number' },
    { kind: 'call-end', how: 'gave-up' },
    { kind: 'answer', channel: 'email', system: 'Desk tool', subject: 'Done' },
    { kind: 'contact', ...contact },
  ]
  return kinds.map(
    (each, index) => ({ seq: index + 1, at: MORNING + index * 1_000, ...each }) as Step,
  )
}

const ELSEWHERE: readonly [words: string, place: Place][] = [
  ['Nobody says how long.', callPlace('4357', '“billing”')],
  ['A page.', pagePlace({ anchor: null })],
  ['The mail says closed.', { kind: 'reply', channel: 'email', system: 'Desk', subject: 'Done' }],
  ['Third form today.', { kind: 'desk', reason: 'Rota' }],
]

/** Sends a walk with notes of every mood, each of which opens an entry: #1 on a page, #2 in a call, #3 liked. @returns the walk's id */
export async function sendEverything({ leader }: TriageDesk): Promise<string> {
  const startedAt = Date.now() - HOUR
  const walk = newWalk({
    state: 'done',
    persona: 'New starter',
    service: 'Wi-Fi',
    startedAt,
    endedAt: startedAt + HOUR / 2,
  })
  const debrief = {
    done: 'no' as const,
    effort: 6,
    line: 'Never',
    fixFirst: null,
    leftBehind: 'R1',
  }
  const steps = stepsWithTexts().map((step) => ({ ...step, at: startedAt + step.seq * 1_000 }))
  await leader.sendPart(newPart({ walk, steps, totals: NO_TOTALS, debrief }))
  const noted = { walkId: walk.id, at: startedAt + 20_000, expected: 'It sends', service: 'Wi-Fi' }
  await leader.send([
    newNote({ ...noted, words: 'The button lost my text.', firstWords: 'lost' }),
    newNote({
      ...noted,
      words: 'Payslips show another month.',
      firstWords: 'slip',
      kind: 'jargon',
      wince: 3,
      place: pagePlace({ route: '/payslips', origin: 'https://pay.example.org' }),
    }),
    newNote({ ...noted, mood: 'liked', words: 'She stayed on the line.', expected: null }),
    ...ELSEWHERE.map(([words, place]) => newNote({ ...noted, words, place })),
  ])
  return walk.id
}

/** What people of every role would have added by now. */
export function addTheRest(database: DatabaseSync): void {
  const now = Date.now()
  const run = (sql: string) =>
    database
      .prepare(sql.replaceAll('$id', () => `'${newId()}'`).replaceAll('$now', String(now)))
      .run()
  const everything = `FROM workspace JOIN person ON person.role = 'owner' JOIN entry ON entry.number`
  database.exec('DROP TRIGGER event_is_never_changed')
  run(`UPDATE entry_note SET entry_id = (SELECT id FROM entry WHERE number = 1)
    WHERE entry_id NOT IN (SELECT id FROM entry WHERE number < 4)`)
  run(`UPDATE workspace SET slug = '${SLUG}'`)
  run(`UPDATE entry SET owner_person = (SELECT id FROM person WHERE role = 'owner'), service = 'Wi-Fi', monthly = 4,
    monthly_source = 'desk', impact = 3, effort = 'S', title_confirmed = 1 WHERE mood = 'embarrassed'`)
  run(`UPDATE entry SET state = 'hold' WHERE number = 1`)
  run(`UPDATE entry SET state = 'closed' WHERE number = 2`)
  for (const number of [1, 2]) {
    run(`INSERT INTO entry_work (entry_id, workspace_id, hold_day, close_code, is_systemic)
      SELECT entry.id, workspace.id, '2026-01-01', 'successful', 1 ${everything} = ${number}`)
    run(`INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
      SELECT $id, workspace.id, entry.id, 'changed', 1, '', '', person.id, $now ${everything} = ${number}`)
    run(`INSERT INTO publication (entry_id, workspace_id, message_id, by, at)
      SELECT entry.id, workspace.id, message.id, person.id, $now ${everything} = ${number} JOIN message ON message.entry_id = entry.id`)
    run(`INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT $id, workspace.id, entry.id, $now, person.id, 'accountable', 'x', 'y', 'z' ${everything} = ${number}`)
  }
  for (const [said, settled] of [
    ['$now', 'NULL'],
    ['NULL', '$now'],
  ])
    run(`INSERT INTO follow_up (id, workspace_id, entry_id, customer, person_id, seen_through_by, reference, since, due_at,
        said_no_at, settled_at, outcome)
      SELECT $id, workspace.id, entry.id, 'Nurse', person.id, person.id, 'INC1', $now - ${30 * HOUR}, $now - ${HOUR},
        ${said}, ${settled}, CASE WHEN ${settled} IS NULL THEN NULL ELSE 'exempt' END ${everything} = 1`)
  run(`INSERT INTO playbook (id, workspace_id, name, service, changed_by, changed_at, trained_on)
    SELECT $id, workspace.id, 'No rota', 'Wi-Fi', person.id, $now, '2026-11-03' ${everything} = 1`)
  run(`INSERT INTO saved_view (id, workspace_id, person_id, name, query, is_shared, made_at)
    SELECT $id, workspace.id, person.id, 'Mine', 'free=1', 1, $now ${everything} = 1`)
  run(
    `INSERT INTO service (id, workspace_id, provider, name, channels) SELECT $id, id, 'IT', 'Wi-Fi', '[]' FROM workspace`,
  )
  run(`INSERT INTO service_alias (workspace_id, alias, service_id, person_id, at)
    SELECT workspace.id, 'wlan', service.id, person.id, $now ${everything} = 1 JOIN service`)
  run(`INSERT INTO plan (id, workspace_id, person_id, kind, what, service, due, made_by, made_at, seq)
    SELECT $id, workspace.id, person.id, 'errand', 'x', 'Wi-Fi', '2026-12-05', person.id, $now, 1 ${everything} = 1`)
  run(`INSERT INTO menu_design (workspace_id, number_key, version, text, imported_by, imported_at)
    SELECT workspace.id, '4357', 1, '1 A problem', person.id, $now ${everything} = 1`)
  run(`INSERT INTO passkey (id, workspace_id, person_id, public_key, counter, transports, name, created_at)
    SELECT 'key', workspace.id, person.id, 'x', 0, '[]', 'Laptop', $now ${everything} = 1`)
  run(`INSERT INTO proposal (workspace_id, note_id, entry_id, state, p, engine, sentence, at, from_id)
    SELECT workspace.id, entry_note.note_id, entry.id, 'open', 0.5, 'test', 'Similar', $now, entry_note.entry_id
    ${everything} = 2 JOIN entry AS first ON first.number = 1
    JOIN entry_note ON entry_note.entry_id = first.id AND entry_note.current = 1`)
}

/** Writes a text into every column that can hold one. @returns by page, what has to stand on it */
export function writeEverywhere(database: DatabaseSync, text: string): Map<string, string[]> {
  const expected = new Map<string, string[]>()
  for (const [table, texts] of Object.entries(SHOWN_TEXTS))
    for (const shown of texts) {
      const marks = writeOne(database, table, shown, text)
      for (const page of shown.on) expected.set(page, [...(expected.get(page) ?? []), ...marks])
    }
  return expected
}

function writeOne(
  database: DatabaseSync,
  table: string,
  { column, where = 'true', json, as }: ShownText,
  text: string,
): string[] {
  const name = as ?? `${table}.${column}`
  const marks: string[] = []
  const mark = (field: string, atMost = Infinity) => {
    const marked = cutToBytes(`${text} ${field === '' ? name : `${name}.${field}`}`, atMost)
    marks.push(marked)
    return marked
  }
  const value = json === undefined ? mark('') : JSON.stringify(json(mark))
  const set = json === undefined ? '?' : `json_patch(coalesce(${column}, '{}'), ?)`
  const { changes } = database
    .prepare(`UPDATE ${table} SET ${column} = ${set} WHERE ${where}`)
    .run(value)
  if (changes === 0) throw new Error(`nothing holds ${name}`)
  return marks
}

/** What a page has that no text of ours may give it, and which of these texts it does not show as they are. */
export async function lookAt(
  page: Page,
  origin: string,
  { expected, within = 'html' }: { expected: readonly string[]; within?: string },
): Promise<{ missing: string[]; foreign: string[] }> {
  const seen = await page.evaluate(
    ([wanted, where]) => {
      const NAMED = ['aria-label', 'title', 'placeholder', 'alt', 'value', 'label']
      const all = [...document.querySelectorAll<HTMLElement>('*')]
      const inside = all.filter((each) => each.closest(where) !== null)
      const shown = [
        ...all.filter((each) => each.matches(where)).map((each) => each.textContent ?? ''),
        ...inside.flatMap((each) => NAMED.map((name) => each.getAttribute(name) ?? '')),
        ...inside.flatMap((each) =>
          each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement
            ? [each.value]
            : [],
        ),
      ].join('\n')
      const foreign = all.filter(
        (each) =>
          [...each.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc') ||
          /^\s*javascript:/i.test(each.getAttribute('href') ?? '') ||
          each.matches('base, meta[http-equiv=refresh], img[src=x], a[href*="javascript:"]'),
      )
      return {
        missing: wanted.filter((each) => !shown.includes(each)),
        foreign: foreign.map((each) => `${each.localName} in ${each.parentElement?.localName}`),
      }
    },
    [expected, within] as const,
  )
  const frames = page.frames().map((frame) => frame.url())
  return {
    missing: seen.missing,
    foreign: [
      ...seen.foreign,
      ...frames.filter((url) => !url.startsWith(origin)),
      ...((await page.title()) === 'owned' ? ['the title'] : []),
    ],
  }
}
