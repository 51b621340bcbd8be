import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import {
  type DesignImport,
  MAP_MAX_CALLS,
  MenuNotesQuery,
  type MenuNumbers,
  type MenuPlaceNotes,
  NewMenuDesign,
} from '#shared/api/menu'
import { type DesignNode, parseDesign } from '#shared/menu-design'
import { callPlaceKey, numberKey } from '#shared/place-key'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { readCursor, writeCursor } from '../register/order'
import { toMenuMap } from './map'
import {
  isCalled,
  listCalledNumbers,
  listPlaceNotes,
  type PlaceNoteKey,
  readMenu,
  setDesign,
} from './queries'

type Asked = Context<AppEnv<SessionSubject>>

const NUMBERS_A_PAGE = 100
const NOTES_A_PAGE = 20
/** A number has at most sixty bytes; written out, one character may become many. */
const KEY_MAX_LENGTH = 1_200

/** /app/menus: the numbers that leaders called, and the voice menu behind each. */
export const menus = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('menu.read'), async (c) => {
    const cursor = c.req.query('after')
    const after = cursor === undefined ? '' : readCursor('menus', cursor)?.[0]
    if (typeof after !== 'string')
      return refuse(c, 400, 'bad-cursor', 'That is not a page of these numbers. Start again.')
    const found = await listCalledNumbers(c.var.db, c.var.subject.workspaceId, {
      after,
      limit: NUMBERS_A_PAGE + 1,
    })
    const shown = found.slice(0, NUMBERS_A_PAGE)
    const last = shown.at(-1)
    return c.json({
      numbers: shown.map((number) => ({
        ...number,
        calls: Math.min(number.calls, MAP_MAX_CALLS),
        more: number.calls > MAP_MAX_CALLS,
      })),
      next: found.length > shown.length && last ? writeCursor('menus', [last.key]) : null,
    } satisfies MenuNumbers)
  })

  .get('/:number', allow('menu.read'), async (c) => {
    const number = toNumberKey(c.req.param('number'))
    const version = c.req.query('version')
    if (number === undefined || (version !== undefined && !/^\d{1,3}$/.test(version)))
      return notFound(c)
    const read = await readMenu(c.env.DB, c.var.db, c.var.subject.workspaceId, number)
    const map = toMenuMap(number, read, version === undefined ? undefined : Number(version))
    return map ? c.json(map) : notFound(c)
  })

  .get('/:number/notes', allow('menu.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const number = toNumberKey(c.req.param('number'))
    const asked = v.safeParse(MenuNotesQuery, c.req.query())
    if (!asked.success)
      return refuse(c, 400, 'malformed', 'That is not a place in a menu. Open it from the map.')
    const { at, from, before, after: cursor } = asked.output
    const after = cursor === undefined ? undefined : readPlaceNoteKey(cursor)
    if (cursor !== undefined && after === undefined)
      return refuse(c, 400, 'bad-cursor', 'That is not a page of these notes. Start again.')
    if (number === undefined || !(await isCalled(c.var.db, workspaceId, number))) return notFound(c)
    const found = await listPlaceNotes(c.var.db, workspaceId, {
      placeKey: `${callPlaceKey(number)}|${at}`,
      from,
      before,
      after,
      limit: NOTES_A_PAGE + 1,
    })
    const notes = found.slice(0, NOTES_A_PAGE)
    const last = notes.at(-1)
    return c.json({
      notes,
      next:
        found.length > notes.length && last ? writeCursor('menu-notes', [last.at, last.id]) : null,
    } satisfies MenuPlaceNotes)
  })

  .put('/:number/design', allow('menu.change'), json(NewMenuDesign), async (c) => {
    const number = await findNumber(c)
    if (number === undefined) return notFound(c)
    const { text } = c.req.valid('json')
    const parsed = parseDesign(text)
    if ('problems' in parsed) return c.json({ problems: parsed.problems } satisfies DesignImport)
    const options = countOptions(parsed.root)
    await change(c, number, text, options)
    return c.json({ options } satisfies DesignImport)
  })

  .delete('/:number/design', allow('menu.change'), async (c) => {
    const number = await findNumber(c)
    if (number === undefined) return notFound(c)
    await change(c, number, null, 0)
    return c.body(null, 204)
  })

/** The key as the address says it; undefined where it is none. */
function toNumberKey(part: string): string | undefined {
  const isKey = part !== '' && part.length <= KEY_MAX_LENGTH && numberKey(part) === part
  return isKey ? part : undefined
}

async function findNumber(c: Asked): Promise<string | undefined> {
  const number = toNumberKey(c.req.param('number') ?? '')
  const { workspaceId } = c.var.subject
  return number !== undefined && (await isCalled(c.var.db, workspaceId, number))
    ? number
    : undefined
}

async function change(c: Asked, number: string, text: string | null, options: number) {
  const { workspaceId, personId } = c.var.subject
  const at = c.var.platform.now()
  await writeAudited(
    c.env.DB,
    c.var.db,
    {
      workspaceId,
      actor: personId,
      what: text === null ? 'menu-design.removed' : 'menu-design.imported',
      detail: { options },
      at,
    },
    setDesign(c.var.db, workspaceId, { number, text, personId, at }),
  )
}

function readPlaceNoteKey(cursor: string): PlaceNoteKey | undefined {
  const [at, id] = readCursor('menu-notes', cursor) ?? []
  return Number.isSafeInteger(at) && typeof id === 'string' ? [Number(at), id] : undefined
}

function countOptions({ children }: DesignNode): number {
  return children.reduce((sum, child) => sum + 1 + countOptions(child), 0)
}
