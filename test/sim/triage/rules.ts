import type { TriageWorld } from './world'

const SHOWS = `entry_note AS place JOIN entry AS own ON own.id = place.entry_id
  JOIN note ON note.id = place.note_id WHERE place.current = 1 AND COALESCE(own.merged_into, own.id) = entry.id`
/** A merged entry counts what is its own. */
const COUNTS = `entry_note AS place JOIN entry AS own ON own.id = place.entry_id
  JOIN note ON note.id = place.note_id
  WHERE place.current = 1 AND (own.id = entry.id OR own.merged_into = entry.id)`

const INDEXED = `note_index LEFT JOIN entry ON entry.id = note_index.entry_id JOIN json_each(tokens) AS each
  WHERE note_index.workspace_id = ?1`

/** Rows that one of two queries gives and the other does not. */
function differs(one: string, other: string): string {
  return `SELECT * FROM (${one} EXCEPT ${other}) UNION ALL SELECT * FROM (${other} EXCEPT ${one})`
}

const LINE = 'facet, number, low_impact, effort_rank, few_monthly, few_leaders, changed_at, due_day'

/** What must hold after anything that anybody does, each rule with the rows that break it. */
const RULES: Record<string, string> = {
  'one current entry a note': `SELECT note_id FROM entry_note WHERE workspace_id = ?1 AND current = 1
    GROUP BY note_id HAVING count(*) <> 1`,
  'what is grouped has an entry': `SELECT id FROM note WHERE workspace_id = ?1 AND grouped <>
    (SELECT count(*) FROM entry_note WHERE note_id = note.id AND current = 1)`,
  'counters are what one counts': `SELECT number, notes, leaders, worst, free FROM entry WHERE workspace_id = ?1 AND
    (notes, leaders, COALESCE(worst, -1), free) <> (
      SELECT count(*), count(DISTINCT note.person_id), COALESCE(max(note.wince), -1),
        COALESCE(max(note.money IS NOT NULL AND note.money = 'free'), 0) FROM ${COUNTS})`,
  'moods never meet': `SELECT number FROM entry WHERE workspace_id = ?1 AND EXISTS (
    SELECT 1 FROM ${SHOWS} AND note.mood <> entry.mood)`,
  'a merge is one hop to another entry': `SELECT entry.number FROM entry JOIN entry AS target ON target.id = entry.merged_into
    WHERE entry.workspace_id = ?1 AND (target.merged_into IS NOT NULL OR target.id = entry.id OR target.mood <> entry.mood)`,
  'merged is what points': `SELECT number FROM entry WHERE workspace_id = ?1 AND (state = 'merged') <> (merged_into IS NOT NULL)`,
  'what shows nothing says so': `SELECT number, state, notes FROM entry WHERE workspace_id = ?1 AND merged_into IS NULL AND (
    (notes = 0 AND state NOT IN ('withdrawn', 'closed', 'declined')) OR (notes > 0 AND state = 'withdrawn'))`,
  'numbers are given once': `SELECT next_entry_number FROM workspace WHERE id = ?1 AND next_entry_number <>
    1 + (SELECT count(*) FROM entry WHERE workspace_id = ?1) OR (id = ?1 AND next_entry_number <>
    1 + (SELECT COALESCE(max(number), 0) FROM entry WHERE workspace_id = ?1))`,
  'no two changes have one place in the order': `SELECT seq FROM (
    SELECT seq FROM note WHERE workspace_id = ?1 UNION ALL SELECT seq FROM entry WHERE workspace_id = ?1
    UNION ALL SELECT seq FROM tombstone WHERE workspace_id = ?1) GROUP BY seq HAVING count(*) > 1`,
  'nothing is ahead of the order': `SELECT 1 FROM workspace WHERE id = ?1 AND seq < (
    SELECT max(seq) FROM (SELECT seq FROM note WHERE workspace_id = ?1 UNION ALL SELECT seq FROM entry WHERE workspace_id = ?1))`,
  'the register’s lists hold what entries are': differs(
    `SELECT ${LINE} FROM register_line WHERE workspace_id = ?1`,
    `SELECT ${LINE} FROM entry_line WHERE workspace_id = ?1`,
  ),
  'the register’s lists are counted': differs(
    `SELECT facet, entries FROM register_count WHERE workspace_id = ?1`,
    `SELECT facet, count(*) FROM register_line WHERE workspace_id = ?1 GROUP BY facet`,
  ),
  'who waits is counted': `SELECT number FROM entry WHERE workspace_id = ?1 AND merged_into IS NULL AND waiting <> (
    SELECT count(*) FROM follow_up JOIN entry AS own ON own.id = follow_up.entry_id
    WHERE settled_at IS NULL AND COALESCE(own.merged_into, own.id) = entry.id)`,
  'what waits is counted': `SELECT lane FROM (
      SELECT lane, notes FROM triage_count WHERE workspace_id = ?1 AND notes <> 0
      EXCEPT SELECT lane, count(*) FROM triage WHERE workspace_id = ?1 GROUP BY lane)
    UNION ALL SELECT lane FROM (
      SELECT lane, count(*) FROM triage WHERE workspace_id = ?1 GROUP BY lane
      EXCEPT SELECT lane, notes FROM triage_count WHERE workspace_id = ?1)`,
  'asked is what is open': `SELECT note_id, lane FROM triage WHERE workspace_id = ?1 AND (lane = 'asked') <> EXISTS (
    SELECT 1 FROM proposal WHERE proposal.note_id = triage.note_id AND state = 'open')`,
  'places in the list are not shared': `SELECT position FROM triage WHERE workspace_id = ?1 GROUP BY position HAVING count(*) > 1`,
  'a pair that stays apart has a decision that stands': `SELECT note_id, other_id FROM never_group WHERE workspace_id = ?1 AND NOT EXISTS (
    SELECT 1 FROM decision_step AS step JOIN decision ON decision.id = step.decision_id
    WHERE step.kind = 'never' AND step.note_id = never_group.note_id AND step.entry_id = other_id AND undone_at IS NULL)`,
  'a decision that stands keeps its pairs apart': `SELECT step.note_id FROM decision_step AS step
    JOIN decision ON decision.id = step.decision_id AND decision.workspace_id = step.workspace_id
    WHERE step.workspace_id = ?1 AND step.kind = 'never' AND undone_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM never_group WHERE never_group.note_id = step.note_id AND other_id = step.entry_id)`,
  'what stays apart the machine does not put together': `SELECT pair.note_id FROM never_group AS pair
    JOIN entry_note AS place ON place.note_id = pair.note_id AND place.placed_by = 'grouping' AND place.at > pair.at
    JOIN entry AS own ON own.id = place.entry_id
    WHERE pair.workspace_id = ?1 AND pair.other_id IN (own.id, own.merged_into)`,
  'a note is counted where it is': `SELECT note.id FROM note LEFT JOIN note_index ON note_index.note_id = note.id
    WHERE note.workspace_id = ?1 AND note_index.entry_id IS NOT (
      SELECT entry_id FROM entry_note WHERE entry_note.note_id = note.id AND current = 1)`,
  'an entry is found by what its notes have': differs(
    `SELECT entry_id, token, notes FROM entry_token WHERE workspace_id = ?1`,
    `SELECT entry_id, each.value, count(*) FROM ${INDEXED} AND entry_id IS NOT NULL GROUP BY 1, 2`,
  ),
  'what is known about words is what one counts': differs(
    `SELECT mood, token, notes, entries FROM token WHERE workspace_id = ?1`,
    `SELECT entry.mood, each.value, count(*), count(DISTINCT entry.id) FROM ${INDEXED} AND entry.id IS NOT NULL GROUP BY 1, 2`,
  ),
  'no batch is left open': `SELECT decision_id FROM decision_part WHERE workspace_id = ?1 AND fresh = 1`,
  'one undo a decision': `SELECT id FROM decision WHERE workspace_id = ?1 AND undone_at IS NULL
    AND EXISTS (SELECT 1 FROM decision AS undo WHERE undo.undoes = decision.id)`,
}

export async function brokenTriage(world: TriageWorld): Promise<string[]> {
  const { rows, workspaceId } = world
  const broken = await Promise.all(
    Object.entries(RULES).map(async ([rule, sql]) => {
      const found = await rows(sql, workspaceId)
      return found.length === 0 ? [] : [`${rule}: ${JSON.stringify(found.slice(0, 3))}`]
    }),
  )
  return [...broken.flat(), ...(await brokenHistory(world))]
}

/** History, read from its start, ends where everything is: each note in its entry, each merge at its target. */
async function brokenHistory({ rows, workspaceId }: TriageWorld): Promise<string[]> {
  const events = await rows<{
    entry_id: string
    what: string
    before: string | null
    after: string | null
  }>('SELECT * FROM event WHERE workspace_id = ?1 ORDER BY at, id', workspaceId)
  const entries = await rows<{ id: string; number: number; merged_into: string | null }>(
    'SELECT id, number, merged_into FROM entry WHERE workspace_id = ?1',
    workspaceId,
  )
  const placed = new Map<string, string>()
  const merged = new Map<string, string>()
  for (const { entry_id: entryId, what, after } of events) {
    if (['opened', 'joined', 'reopened', 'moved-in'].includes(what))
      placed.set(after ?? '', entryId)
    if (what === 'taken-back') placed.delete(after ?? '')
    if (what === 'unmerged') merged.delete(entryId)
    if (what === 'merged')
      merged.set(entryId, entries.find(({ number }) => number === Number(after))?.id ?? '')
  }
  const current = await rows<{ note_id: string; entry_id: string }>(
    'SELECT note_id, entry_id FROM entry_note WHERE workspace_id = ?1 AND current = 1',
    workspaceId,
  )
  const wrong = [
    ...current.filter(({ note_id: note, entry_id: entry }) => placed.get(note) !== entry),
    ...entries.filter(({ id, merged_into: target }) => (merged.get(id) ?? null) !== target),
    ...(placed.size === current.length ? [] : [{ placed: placed.size, current: current.length }]),
  ]
  return wrong.length === 0 ? [] : [`history: ${JSON.stringify(wrong.slice(0, 3))}`]
}

/**
 * All that an undo has to give back, as text; without what only says that something happened:
 * versions, times and places in the order, and entries that were opened since and point back now.
 *
 * @param before the highest number that there was
 */
export async function standingOf(world: TriageWorld, before: number): Promise<string[]> {
  const { rows, workspaceId } = world
  const lists = await Promise.all([
    rows(
      `SELECT 'entry', number, mood, title, title_confirmed, title_note, service, service_id, channel, kind, state, merged_into, notes,
        leaders, worst, free FROM entry WHERE workspace_id = ?1 AND number <= ?2 ORDER BY number`,
      workspaceId,
      before,
    ),
    rows(
      `SELECT 'place', note_id, entry_id, placed_by, why, at FROM entry_note WHERE workspace_id = ?1 AND current = 1
       ORDER BY note_id`,
      workspaceId,
    ),
    rows('SELECT * FROM triage WHERE workspace_id = ?1 ORDER BY note_id', workspaceId),
    rows('SELECT * FROM proposal WHERE workspace_id = ?1 ORDER BY note_id, entry_id', workspaceId),
    rows(
      'SELECT id, service, service_id FROM note WHERE workspace_id = ?1 ORDER BY id',
      workspaceId,
    ),
    rows(
      'SELECT alias, service_id FROM service_alias WHERE workspace_id = ?1 ORDER BY alias',
      workspaceId,
    ),
    rows(
      'SELECT note_id, other_id FROM never_group WHERE workspace_id = ?1 ORDER BY note_id, other_id',
      workspaceId,
    ),
  ])
  return lists.flat().map((row) => JSON.stringify(row))
}
