import * as v from 'valibot'

import { type Call, Nothing, pathPart, toSearch } from '#shared/api/call'
import { Id } from '#shared/id'
import { Mood, Wince } from '#shared/note'
import { Ms, toStorableText, utf8Length } from '#shared/text'

/** What the dashboard reads of voice menus through `/app/menus`, and the designs it imports. */

/** The newest calls to a number that one map shows. */
export const MAP_MAX_CALLS = 500
/** The newest notes about a number that one map counts. */
export const MAP_MAX_NOTES = 1_000
/** Of one call: longer ones are read as far as this many steps. */
export const CALL_MAX_STEPS = 200
/** A design as it is imported, in bytes of UTF-8. */
export const DESIGN_MAX_BYTES = 200_000

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entryNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const path = v.array(v.string())
const Spread = v.nullable(v.object({ median: count, worst: count }))
const CallEnd = v.picklist([
  'human',
  'self-served',
  'voicemail',
  'dead-end',
  'callback',
  'wrong-language',
  'closed',
  'dropped',
  'gave-up',
  'hung-up',
])

/** A number that somebody called. `calls` counts the newest ones that a map shows; `more` says that there are others. */
const MenuNumber = v.object({
  key: v.string(),
  /** As it was typed last. */
  number: v.string(),
  calls: count,
  more: v.boolean(),
  callers: count,
  lastAt: Ms,
})

export type MenuNumber = v.InferOutput<typeof MenuNumber>

export const MenuNumbers = v.object({
  numbers: v.array(MenuNumber),
  /** For `after`; null on the last page. */
  next: v.nullable(v.string()),
})
export type MenuNumbers = v.InferOutput<typeof MenuNumbers>

/** @see MapNode in shared/menu-map.ts */
const MenuMapNode = v.object({
  path,
  name: v.nullable(v.string()),
  otherNames: v.array(v.string()),
  heard: v.array(v.string()),
  isDesigned: v.boolean(),
  calls: count,
  callers: count,
  stayMs: Spread,
  arriveMs: Spread,
  answered: count,
  personMs: Spread,
  ends: v.record(CallEnd, count),
  endMs: Spread,
  deadEnds: count,
  isStop: v.boolean(),
  winces: count,
  worst: v.nullable(Wince),
  liked: count,
  entries: v.array(entryNumber),
})

const MenuVersion = v.object({
  from: Ms,
  to: Ms,
  calls: count,
  changes: v.array(v.object({ path, before: v.nullable(v.string()), after: v.string() })),
})

const MenuDesign = v.object({
  importedAt: Ms,
  /** A person's name. */
  importedBy: v.string(),
  /** As it was imported, to be changed and imported again. */
  text: v.string(),
})

export const MenuMap = v.object({
  key: v.string(),
  number: v.string(),
  /** There are more calls, or more notes, than are shown. */
  more: v.boolean(),
  /** Oldest first. */
  versions: v.array(MenuVersion),
  /** Which of them this is a map of. */
  version: count,
  /** Notes from this time on, and before that one, are about this version. */
  notesFrom: v.nullable(Ms),
  notesBefore: v.nullable(Ms),
  callers: count,
  /** Calls that ended or that somebody answered: of the others nobody knows what they came to. */
  over: count,
  /** Calls that somebody answered, and how long that took from dialling. */
  reached: count,
  personMs: Spread,
  /** A parent before its children. */
  nodes: v.array(MenuMapNode),
  /** What was asked again, most often first. */
  askedAgain: v.array(v.object({ thing: v.string(), times: count })),
  /** What callers liked, newest first. */
  liked: v.array(v.object({ path, words: v.string(), entry: v.nullable(entryNumber) })),
  design: v.nullable(MenuDesign),
  /** Null without a design. */
  differences: v.nullable(
    v.object({
      unreached: v.array(v.object({ path, name: v.nullable(v.string()) })),
      unknown: v.array(v.object({ path, name: v.nullable(v.string()), calls: count })),
      renamed: v.array(v.object({ path, name: v.nullable(v.string()), heard: v.string() })),
    }),
  ),
})
export type MenuMap = v.InferOutput<typeof MenuMap>

/** A note about one place in a menu. */
const MenuPlaceNote = v.object({
  id: Id,
  at: Ms,
  author: v.string(),
  mood: Mood,
  wince: v.nullable(Wince),
  words: v.string(),
  entry: v.nullable(v.object({ number: entryNumber, title: v.string() })),
})
export type MenuPlaceNote = v.InferOutput<typeof MenuPlaceNote>

export const MenuPlaceNotes = v.object({
  notes: v.array(MenuPlaceNote),
  next: v.nullable(v.string()),
})
export type MenuPlaceNotes = v.InferOutput<typeof MenuPlaceNotes>

const time = v.pipe(v.string(), v.regex(/^-?\d{1,16}$/, 'not a time'), v.transform(Number), Ms)

/** The query of `GET /app/menus/:number/notes`. */
export const MenuNotesQuery = v.strictObject({
  /** What the menu was told so far, as shared/place-key.ts joins it; nothing at the greeting. */
  at: v.optional(v.pipe(v.string(), v.maxLength(4_000)), ''),
  from: v.optional(time),
  before: v.optional(time),
  after: v.optional(v.pipe(v.string(), v.maxLength(300))),
})

/** `PUT /app/menus/:number/design`. */
export const NewMenuDesign = v.strictObject({
  text: v.pipe(
    v.string(),
    v.transform(toStorableText),
    v.check((text) => utf8Length(text) <= DESIGN_MAX_BYTES, `over ${DESIGN_MAX_BYTES} bytes`),
  ),
})

/** How many options were taken; or what is wrong, line by line, and nothing was taken. */
export const DesignImport = v.union([
  v.object({ options: count }),
  v.object({ problems: v.array(v.object({ line: count, message: v.string() })) }),
])
export type DesignImport = v.InferOutput<typeof DesignImport>

function at(key: string): string {
  return `/app/menus/${pathPart(key)}`
}

/**
 * Voice menus over HTTP, for somebody signed in.
 *
 * @throws ApiError 404 for a number that nobody of this workspace called
 */
export function menuApi(call: Call) {
  return {
    listMenus: (after?: string) =>
      call({ method: 'GET', path: `/app/menus${toSearch({ after })}`, answer: MenuNumbers }),

    /** @param version counted from 0; the newest unless given */
    getMenu: (key: string, version?: number) =>
      call({
        method: 'GET',
        path: at(key) + toSearch({ version: version?.toString() }),
        answer: MenuMap,
      }),

    listMenuNotes: (key: string, query: v.InferInput<typeof MenuNotesQuery>) =>
      call({ method: 'GET', path: `${at(key)}/notes${toSearch(query)}`, answer: MenuPlaceNotes }),

    importDesign: (key: string, text: string) =>
      call({ method: 'PUT', path: `${at(key)}/design`, json: { text }, answer: DesignImport }),

    removeDesign: (key: string) =>
      call({ method: 'DELETE', path: `${at(key)}/design`, answer: Nothing }),
  }
}
export type MenuApi = ReturnType<typeof menuApi>
