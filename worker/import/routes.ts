import { type Context, Hono } from 'hono'

import { ImportBatch, type ImportedLine, type ImportLine } from '#shared/api/import'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { readAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { hashOf } from '../doors/tokens'
import { toEntryRow } from '../register/queries'
import { judgeLine, type KeyedLine, type Known, openedBy } from './lines'
import { insertImported, type KnownEntry, selectKnown, selectOwnersAmong } from './queries'

type Asked = Context<AppEnv<SessionSubject>>

/** /app/entries/import: lines of a file, looked at or brought in. It only opens entries; what is here is changed by its own door. */
export const imports = new Hono<AppEnv<SessionSubject>>()

  .post('/', allow('entry.change'), json(ImportBatch), async (c) => {
    const { file, isDryRun, lines } = c.req.valid('json')
    const keyed = await Promise.all(lines.map(withHash))
    const known = await findKnown(c, keyed)
    const judged = keyed.map((line) => ({ line, answer: judgeLine(line, known) }))
    const fresh = judged.filter(({ answer }) => answer.is === 'new').map(({ line }) => line)
    const answers = judged.map(({ answer }) => answer)
    if (isDryRun || fresh.length === 0) return c.json({ lines: answers })
    const opened = await open(c, file, fresh, known)
    return c.json({ lines: answers.map((answer) => opened.get(answer.line) ?? answer) })
  })

async function withHash(line: ImportLine): Promise<KeyedLine> {
  return { ...line, importKey: await hashOf(line.key) }
}

async function findKnown(c: Asked, lines: readonly KeyedLine[]): Promise<Known> {
  const { workspaceId } = c.var.subject
  const [entries, owners] = await readAll(c.env.DB, [
    selectKnown(c.var.db, workspaceId, {
      keys: lines.map(({ importKey }) => importKey),
      numbers: lines.flatMap(({ number }) => number ?? []),
    }),
    selectOwnersAmong(
      c.var.db,
      workspaceId,
      lines.flatMap(({ owner }) => owner ?? []),
    ),
  ])
  const people = (owners?.rows ?? []) as { id: string; name: string }[]
  return {
    entries: (entries?.rows ?? []) as unknown as KnownEntry[],
    owners: new Map(people.map((person) => [person.id, person])),
  }
}

/** By the number of their line; what somebody else brought in meanwhile is here. */
async function open(
  c: Asked,
  file: string,
  lines: readonly KeyedLine[],
  { owners }: Known,
): Promise<Map<number, ImportedLine>> {
  const { workspaceId, personId } = c.var.subject
  const { now: clock, randomBytes } = c.var.platform
  const now = clock()
  const entries = lines.map((line) => openedBy(line, { file, owners, now, randomBytes }))
  const written = await writeAudited(
    c.env.DB,
    c.var.db,
    {
      workspaceId,
      actor: personId,
      what: 'entries.imported',
      detail: { lines: lines.length },
      at: now,
    },
    insertImported(c.var.db, workspaceId, { entries, actor: personId, now }),
  )
  const rows = (written.at(-1)?.rows ?? []) as unknown as KnownEntry[]
  const byKey = new Map(rows.map((row) => [row.import_key, row]))
  return new Map(
    lines.flatMap(({ line, importKey }, index): [number, ImportedLine][] => {
      const row = byKey.get(importKey)
      if (!row) return []
      const is = row.id === entries[index]?.id ? 'new' : 'here'
      return [[line, { line, is, entry: toEntryRow(row) }]]
    }),
  )
}
