import { type CompiledQuery, sql } from 'kysely'

import { ALIASES_A_SERVICE_MAX } from '#shared/api/service'

import type { Db } from '../database/open'
import { recountEntries, shownNotes } from '../placing/queries'
import { type Part, closePart, isFreshPart, openPart, rememberSteps, tell } from '../part/queries'
import type { Plan } from './plan'

/** Pairs that a split or an end of a merge keeps apart in one direction; who is not among them is moved by no sweep either. */
const PAIRS_MAX = 500
const FIRST_PAIR = 10_000

const each = (values: readonly unknown[]) => sql`json_each(${JSON.stringify(values)})`
const list = (values: readonly unknown[]) => sql`(SELECT value FROM ${each(values)})`

/**
 * Everything of one part, for one batch. It happens only while the entries are as the plan has read
 * them, and once. The last statement gives a row when it has happened, now or before.
 *
 * @param index statements that move notes from index to index, behind the change of `entry_note`
 */
export function writePlan(
  db: Db,
  part: Part,
  plan: Plan,
  index: readonly CompiledQuery[],
): CompiledQuery[] {
  const { workspaceId } = part
  const fresh = isFreshPart(part)
  const workspaceSeq = sql`(SELECT seq FROM workspace WHERE id = ${workspaceId})`
  const behind = plan.marks.filter(({ lane, position }) => lane !== null && position === null)
  const entries = plan.touched.map(({ id }) => id)
  const moving = movingNotes(workspaceId, plan)
  return [
    ...openPart(db, part, plan),
    sql`
      UPDATE workspace SET
        seq = seq + ${entries.length + behind.length} + (SELECT count(*) FROM ${moving}),
        next_entry_number = next_entry_number + ${plan.opened.length}
      WHERE id = ${workspaceId} AND ${fresh}`.compile(db),
    ...openEntries(db, part, plan),
    ...moveNotes(db, part, plan),
    sql`
      UPDATE entry SET state = change.value ->> 'state', merged_into = change.value ->> 'mergedInto',
        title = change.value ->> 'title', title_confirmed = change.value ->> 'titleConfirmed',
        title_note = change.value ->> 'titleNote',
        service_id = change.value ->> 'serviceId'
      FROM ${each(plan.changed)} AS change
      WHERE +entry.workspace_id = ${workspaceId} AND entry.id = change.value ->> 'id' AND ${fresh}`.compile(
      db,
    ),
    ...index,
    sql`
      UPDATE note SET service_id = change.value ->> 'serviceId', service = change.value ->> 'service'
      FROM ${each(plan.services)} AS change
      WHERE +note.workspace_id = ${workspaceId} AND note.id = change.value ->> 'noteId' AND ${fresh}`.compile(
      db,
    ),
    ...answerProposals(db, part, plan),
    ...markNotes(db, part, plan, behind, entries.length),
    ...rememberSteps(db, part, plan.steps),
    ...keepApart(db, part, plan),
    ...teach(db, part, plan),
    recountEntries(db, workspaceId, entries, { at: plan.at, guard: fresh }),
    sql`
      UPDATE note SET seq = ${workspaceSeq} - ${entries.length + behind.length} - moved.place
      FROM (SELECT note_id, row_number() OVER (ORDER BY note_id) - 1 AS place FROM ${moving}) AS moved
      WHERE +note.workspace_id = ${workspaceId} AND note.id = moved.note_id AND ${fresh}`.compile(
      db,
    ),
    ...tell(db, part, plan),
    ...closePart(db, part, plan.at),
  ]
}

/** Notes that are shown elsewhere from now on, or have changed themselves: their devices hear of it. */
function movingNotes(workspaceId: string, { places, services, shownElsewhere }: Plan) {
  const noteIds = [...places, ...services].map(({ noteId }) => noteId)
  return sql`(
    SELECT entry_note.note_id FROM ${each(noteIds)} AS named CROSS JOIN entry_note
      ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = named.value AND entry_note.current = 1
    UNION
    SELECT entry_note.note_id FROM ${each(shownElsewhere)} AS named CROSS JOIN entry_note
      ON entry_note.workspace_id = ${workspaceId} AND entry_note.entry_id = named.value AND entry_note.current = 1)`
}

function openEntries(db: Db, part: Part, { at, opened }: Plan): CompiledQuery[] {
  if (opened.length === 0) return []
  return [
    sql`
      INSERT INTO entry (id, workspace_id, number, mood, title, title_note, channel, state, opened_at, changed_at, version, seq)
      SELECT value ->> 'id', workspace.id, workspace.next_entry_number - ${opened.length} + key, value ->> 'mood',
        value ->> 'title', value ->> 'titleNote', value ->> 'channel', value ->> 'state', ${at}, ${at}, 0, workspace.seq
      FROM ${each(opened)} JOIN workspace ON workspace.id = ${part.workspaceId}
      WHERE ${isFreshPart(part)}`.compile(db),
  ]
}

/** A note leaves one row as history; where it has been at that time before, that row counts again. */
function moveNotes(db: Db, part: Part, { places }: Plan): CompiledQuery[] {
  if (places.length === 0) return []
  const { workspaceId } = part
  return [
    sql`
      UPDATE entry_note SET current = 0
      WHERE workspace_id = ${workspaceId} AND current = 1
        AND note_id IN ${list(places.map(({ noteId }) => noteId))} AND ${isFreshPart(part)}`.compile(
      db,
    ),
    sql`
      INSERT INTO entry_note (workspace_id, entry_id, note_id, placed_by, why, at, current)
      SELECT ${workspaceId}, value ->> 'entryId', value ->> 'noteId', value ->> 'by', value ->> 'why', value ->> 'at', 1
      FROM ${each(places)} WHERE ${isFreshPart(part)}
      ON CONFLICT (workspace_id, note_id, entry_id, at) DO UPDATE SET current = 1`.compile(db),
  ]
}

/** Before marks: triggers keep the lanes of what waits. An entry is asked about once at a time. */
function answerProposals(db: Db, part: Part, { proposals, at }: Plan): CompiledQuery[] {
  if (proposals.length === 0) return []
  const { workspaceId, personId } = part
  const answers = each(proposals)
  const verdict = sql`(
    SELECT value ->> 'state' FROM ${answers}
    WHERE value ->> 'noteId' = proposal.note_id AND value ->> 'entryId' = proposal.entry_id)`
  return [
    sql`
      UPDATE proposal SET state = ${verdict},
        decided_by = CASE ${verdict} WHEN 'open' THEN NULL ELSE ${personId} END,
        decided_at = CASE ${verdict} WHEN 'open' THEN NULL ELSE ${at} END
      WHERE workspace_id = ${workspaceId} AND (note_id, entry_id) IN (
        SELECT value ->> 'noteId', value ->> 'entryId' FROM ${answers})
        AND (state = 'open') <> (${verdict} = 'open') AND ${isFreshPart(part)}`.compile(db),
  ]
}

function markNotes(
  db: Db,
  part: Part,
  { marks }: Plan,
  behind: Plan['marks'],
  entries: number,
): CompiledQuery[] {
  if (marks.length === 0) return []
  const { workspaceId } = part
  const settled = marks.filter(({ lane }) => lane === null)
  const again = marks.filter(({ position }) => position !== null)
  return [
    sql`
      DELETE FROM triage
      WHERE +workspace_id = ${workspaceId} AND note_id IN ${list(settled.map(({ noteId }) => noteId))}
        AND ${isFreshPart(part)}`.compile(db),
    sql`
      UPDATE triage SET position = (SELECT seq FROM workspace WHERE id = ${workspaceId}) - ${entries + behind.length - 1}
        + later.key
      FROM ${each(behind)} AS later
      WHERE +triage.workspace_id = ${workspaceId} AND triage.note_id = later.value ->> 'noteId' AND ${isFreshPart(part)}`.compile(
      db,
    ),
    sql`
      INSERT INTO triage (workspace_id, note_id, lane, position)
      SELECT ${workspaceId}, value ->> 'noteId', value ->> 'lane', value ->> 'position' FROM ${each(again)}
      WHERE ${isFreshPart(part)}
      ON CONFLICT (note_id) DO UPDATE SET position = excluded.position`.compile(db),
  ]
}

/** Pairs are steps first, so that each decision knows which ones it wanted. */
function keepApart(db: Db, part: Part, { at, never, neverAll, freesPairs }: Plan): CompiledQuery[] {
  const { workspaceId, decisionId, number, undoes } = part
  const fresh = isFreshPart(part)
  const own = sql`
    workspace_id = ${workspaceId} AND decision_id = ${decisionId} AND part = ${number} AND kind = 'never'`
  const taken = sql`
    SELECT step.note_id, step.entry_id FROM decision_step AS step
    WHERE step.workspace_id = ${workspaceId} AND step.decision_id = ${undoes} AND step.part = ${number}
      AND step.kind = 'never' AND NOT EXISTS (
        SELECT 1 FROM decision_step AS other JOIN decision
          ON decision.workspace_id = ${workspaceId} AND decision.id = other.decision_id
        WHERE other.workspace_id = ${workspaceId} AND other.note_id = step.note_id AND other.kind = 'never'
          AND other.entry_id = step.entry_id AND other.decision_id <> step.decision_id
          AND decision.undone_at IS NULL)`
  return [
    ...(freesPairs
      ? [
          sql`
            DELETE FROM never_group
            WHERE workspace_id = ${workspaceId} AND (note_id, other_id) IN (${taken}) AND ${fresh}`.compile(
            db,
          ),
        ]
      : []),
    ...neverAll.map((pair, index) => {
      const first = FIRST_PAIR + index * PAIRS_MAX
      return sql`
        INSERT INTO decision_step (workspace_id, decision_id, part, number, kind, note_id, entry_id)
        SELECT ${workspaceId}, ${decisionId}, ${number}, ${first} + row_number() OVER (ORDER BY note.arrived DESC),
          'never', note.id, ${pair.with}
        FROM ${shownNotes(workspaceId, sql`${pair.of}`)} AND ${fresh}
        ORDER BY note.arrived DESC LIMIT ${PAIRS_MAX}`.compile(db)
    }),
    ...(never.length + neverAll.length > 0
      ? [
          sql`
            INSERT INTO never_group (workspace_id, note_id, other_id, at)
            SELECT workspace_id, note_id, entry_id, ${at} FROM decision_step WHERE ${own} AND ${fresh}
            ON CONFLICT DO NOTHING`.compile(db),
        ]
      : []),
  ]
}

/** A name that means another service already is not taught again. */
function teach(db: Db, part: Part, { at, aliases, forgets }: Plan): CompiledQuery[] {
  const { workspaceId, decisionId, personId, undoes } = part
  const statements: CompiledQuery[] = []
  if (aliases.length > 0)
    statements.push(
      sql`
        INSERT INTO service_alias (workspace_id, alias, service_id, person_id, at, note_id, decision_id)
        SELECT ${workspaceId}, value ->> 'alias', value ->> 'serviceId', ${personId}, ${at}, value ->> 'noteId', ${decisionId}
        FROM ${each(aliases)}
        WHERE ${isFreshPart(part)} AND ${ALIASES_A_SERVICE_MAX} > (
          SELECT count(*) FROM service_alias AS known
          WHERE known.workspace_id = ${workspaceId} AND known.service_id = value ->> 'serviceId')
        ON CONFLICT DO NOTHING`.compile(db),
    )
  if (forgets.length > 0)
    statements.push(
      sql`
        DELETE FROM service_alias
        WHERE workspace_id = ${workspaceId} AND decision_id = ${undoes} AND note_id IN ${list(forgets)}
          AND ${isFreshPart(part)}`.compile(db),
    )
  return statements
}
