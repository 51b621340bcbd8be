import * as v from 'valibot'

import { type Call, pathPart, toSearch } from '#shared/api/call'
import { EvidenceNote } from '#shared/api/entry'
import { EntryRow } from '#shared/api/register'
import { Id } from '#shared/id'
import { Step } from '#shared/step'
import { Ms, textUpTo } from '#shared/text'

/** Triage: new notes with where they went, and what people decide about them. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(999_999_999))
export const Cursor = textUpTo(300)
export const pageLimit = (most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,3}$/, 'not a count'),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(most),
  )

/** Notes that one decision may name. A split is one batch, so it takes fewer. */
export const DECISION_MAX_NOTES = 200
export const SPLIT_MAX_NOTES = 100
export const SNAPSHOT_MAX_NOTES = 1_000
export const STEPS_BEFORE_MAX = 5

/**
 * `sure`: grouping joined it to an entry by itself. `asked`: grouping opened an entry and asks
 * whether it is the same as another. Alone in an entry of its own, it is in `all` only.
 */
export const TriageShow = v.picklist(['all', 'sure', 'asked'])
export type TriageShow = v.InferOutput<typeof TriageShow>

/** The query of `GET /app/triage`. */
export const TriageQuery = v.strictObject({
  show: v.optional(TriageShow, 'all'),
  after: v.optional(Cursor),
  limit: v.optional(pageLimit(50), '20'),
})
export type TriageQueryInput = v.InferInput<typeof TriageQuery>

/** An entry as triage shows it beside a note. */
const TriageEntry = v.object({
  number: entryNumber,
  title: v.string(),
  titleConfirmed: v.boolean(),
  state: EntryRow.entries.state,
  notes: count,
  leaders: count,
  worst: EntryRow.entries.worst,
  version: count,
})
export type TriageEntry = v.InferOutput<typeof TriageEntry>

/** A new note: evidence as the entry's page shows it (`why` says why it is there), and what a person may do with it. */
export const TriageNote = v.object({
  ...EvidenceNote.entries,
  service: v.nullable(v.string()),
  /** What its walk's timeline ended with by then, in the order of their times; none of a walk that sent none. */
  stepsBefore: v.pipe(v.array(Step), v.maxLength(STEPS_BEFORE_MAX)),
  /** The one of the list that a person chose; null while it is what the leader typed. */
  serviceId: v.nullable(Id),
  /** Of the list, what a reviewer said that the typed name means. */
  serviceMeans: v.nullable(v.string()),
  /** False once a person has decided. */
  waiting: v.boolean(),
  /** Where it is; a merged entry's target. */
  entry: TriageEntry,
  /** "The same as this one?" */
  proposal: v.nullable(
    v.object({
      entry: TriageEntry,
      p: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      sentence: v.string(),
      engine: v.string(),
    }),
  ),
  /** What else it could be, the likeliest first; neither `entry` nor the proposal is among them. */
  suggestions: v.pipe(
    v.array(v.object({ entry: TriageEntry, reason: v.string() })),
    v.maxLength(3),
  ),
})
export type TriageNote = v.InferOutput<typeof TriageNote>

export const TriagePage = v.object({
  notes: v.array(TriageNote),
  next: v.nullable(v.string()),
  counts: v.object({ all: count, sure: count, asked: count }),
})
export type TriagePage = v.InferOutput<typeof TriagePage>

/** Ids to act on in bulk, as they were when it was asked for, in the order of the list. */
export const TriageSnapshot = v.object({
  ids: v.pipe(v.array(Id), v.maxLength(SNAPSHOT_MAX_NOTES)),
  /** True where more wait than `ids` holds. */
  more: v.boolean(),
})
export type TriageSnapshot = v.InferOutput<typeof TriageSnapshot>

const noteIds = (most = DECISION_MAX_NOTES) =>
  v.pipe(
    v.array(Id),
    v.minLength(1, 'name at least one note'),
    v.maxLength(most, `at most ${most} notes at once`),
  )
const said = (maxBytes: number) => v.pipe(textUpTo(maxBytes), v.trim(), v.minLength(1, 'empty'))
const reason = said(2_000)

const decided = {
  /** Made by the client, so that sending it twice decides once. */
  id: Id,
  /** Versions that were on screen; another one answers 409 `changed`. */
  expect: v.optional(
    v.pipe(v.array(v.strictObject({ entry: entryNumber, version: count })), v.maxLength(50)),
    [],
  ),
}
const aboutNotes = { ...decided, noteIds: noteIds() }
const aboutEntry = { ...decided, entry: entryNumber }

/** `POST /app/decisions`. `entry` is a number; a merged one stands for its target. */
export const NewDecision = v.variant('what', [
  /** 1: right as it is, or the open proposal's answer is yes. */
  v.strictObject({ what: v.literal('confirm'), ...aboutNotes }),
  /** 1, 2 or 3 on what else it could be. */
  v.strictObject({ what: v.literal('suggest'), ...aboutNotes, entry: entryNumber }),
  /** 2: an entry of its own, and never again together with where it was or what was proposed. */
  v.strictObject({ what: v.literal('own'), ...aboutNotes }),
  /** 3: nothing will be done about it; alone in its entry, that is declined, else one of its own. */
  v.strictObject({ what: v.literal('decline'), ...aboutNotes, reason }),
  v.strictObject({ what: v.literal('move'), ...aboutNotes, entry: entryNumber }),
  /** These notes of an entry become a new one, together. */
  v.strictObject({ what: v.literal('split'), ...aboutEntry, noteIds: noteIds(SPLIT_MAX_NOTES) }),
  /** `entry` becomes a pointer to `into`. `noteIds`: waiting notes that this settles as well. */
  v.strictObject({
    what: v.literal('merge'),
    ...aboutEntry,
    into: entryNumber,
    noteIds: v.optional(v.pipe(v.array(Id), v.maxLength(DECISION_MAX_NOTES)), []),
  }),
  /** Says what it is called, and confirms that. */
  v.strictObject({ what: v.literal('rename'), ...aboutEntry, title: said(300) }),
  v.strictObject({ what: v.literal('decline-entry'), ...aboutEntry, reason }),
  /** Kept → Shared: the team was thanked, in these words. */
  v.strictObject({ what: v.literal('share'), ...aboutEntry, thanks: said(4_000) }),
  /** Notes belong to a service of the list; null: to what was typed. `teach`: what was typed means it from now on. */
  v.strictObject({
    what: v.literal('service'),
    ...aboutNotes,
    serviceId: v.nullable(Id),
    teach: v.optional(v.boolean(), false),
  }),
  v.strictObject({ what: v.literal('entry-service'), ...aboutEntry, serviceId: v.nullable(Id) }),
  /** H: behind everything that waits now. */
  v.strictObject({ what: v.literal('later'), ...aboutNotes }),
])
export type NewDecision = v.InferOutput<typeof NewDecision>
export type NewDecisionInput = v.InferInput<typeof NewDecision>
export type DecisionWhat = NewDecision['what'] | 'undo'

/** A decision as it was recorded: ids and codes, never anybody's words. */
export const DecisionRecord = v.object({
  id: Id,
  what: v.string(),
  at: Ms,
  /** How many notes it did something with. */
  notes: count,
  /** The entries that it touched, by number, at most ten of them. */
  entries: v.array(entryNumber),
  /** The decision that it takes back; null for all but an undo. */
  undoes: v.nullable(Id),
  /** When it was taken back. */
  undoneAt: v.nullable(Ms),
})
export type DecisionRecord = v.InferOutput<typeof DecisionRecord>

/** What was not done: of a note, or of an entry. */
const NotDone = v.object({
  noteId: v.nullable(Id),
  entry: v.nullable(entryNumber),
  code: v.string(),
  message: v.string(),
})

export const DecisionOutcome = v.object({
  decision: DecisionRecord,
  /** Notes, in the order they were named; of a decision about an entry, the notes that it settled. */
  done: v.array(Id),
  /** What was refused, or, of an undo, what has moved on since and was left. */
  failed: v.array(NotDone),
  /** The entries it touched as they are now, at most ten of them. */
  entries: v.array(EntryRow),
})
export type DecisionOutcome = v.InferOutput<typeof DecisionOutcome>

export const DecisionPage = v.object({
  decisions: v.array(DecisionRecord),
  next: v.nullable(v.string()),
})
export type DecisionPage = v.InferOutput<typeof DecisionPage>

/**
 * Triage over HTTP, for somebody signed in.
 *
 * @throws ApiError 404 for what this workspace does not have
 */
export function triageApi(call: Call) {
  return {
    listTriage: (query: TriageQueryInput = {}) =>
      call({ method: 'GET', path: `/app/triage${toSearch(query)}`, answer: TriagePage }),

    getTriageNote: (id: string) =>
      call({ method: 'GET', path: `/app/triage/notes/${pathPart(id)}`, answer: TriageNote }),

    /** What a bulk action acts on: ids, not a filter that goes on changing. */
    snapshotTriage: (show: TriageShow) =>
      call({ method: 'GET', path: `/app/triage/snapshot?show=${show}`, answer: TriageSnapshot }),

    /**
     * @throws ApiError 409 `changed` when somebody else was faster, 422 when it cannot be done at
     *   all; of many notes some may be done and others named in `failed`
     */
    decide: (json: NewDecisionInput) =>
      call({ method: 'POST', path: '/app/decisions', json, answer: DecisionOutcome }),

    /** Takes back what the decision did, all of it at once; what has moved on since is left and named. */
    undoDecision: (id: string) =>
      call({
        method: 'POST',
        path: `/app/decisions/${pathPart(id)}/undo`,
        json: {},
        answer: DecisionOutcome,
      }),

    /** One's own, newest first. */
    listMyDecisions: (after?: string) =>
      call({
        method: 'GET',
        path: `/app/decisions/mine${toSearch({ after })}`,
        answer: DecisionPage,
      }),
  }
}
export type TriageApi = ReturnType<typeof triageApi>
