import { getMeta } from '../../extension/storage/meta'
import type { Device } from './device'
import type { Minted, World } from './world'

/** A recall that the server acknowledged: the note, or the walk's timeline, is nowhere any more. */
export interface Recall {
  kind: 'note' | 'walk'
  id: string
  workspaceId: string
  personId: string
}

const CANARY = /canary[a-z]+/g

/**
 * What is left of notes and timelines that were taken back: on the server, in the bucket, and on every device
 * that listens to the person who took them back.
 */
export async function findRecalledLeft(
  world: World,
  devices: readonly Device[],
  recalls: readonly Recall[],
): Promise<string[]> {
  if (recalls.length === 0) return []
  const left: string[] = []
  const dump = await dumpOf(world.backend.d1)
  const bucket = await world.backend.bucket()
  const disks = await Promise.all(devices.map(readDisk))
  for (const { kind, id, workspaceId, personId } of recalls) {
    const name = `${kind} ${id}`
    const adds = [...world.ledger.ops.values()].filter((each) => isOf(each, id))
    const canaries = new Set(adds.flatMap(({ op }) => JSON.stringify(op).match(CANARY) ?? []))
    const hashes = new Set(adds.flatMap(hashesOf))
    for (const { table, row, text } of dump)
      if (row['workspace_id'] === workspaceId)
        for (const canary of canaries)
          if (text.includes(canary)) left.push(`${canary} of ${name} is in ${table}`)
    for (const sha256 of hashes) {
      const isShown = dump.some(
        ({ table, row }) =>
          table === 'attachment' && row['workspace_id'] === workspaceId && row['sha256'] === sha256,
      )
      if (!isShown && bucket.has(`o/${workspaceId}/${sha256}`))
        left.push(`picture ${sha256.slice(0, 8)} of ${name} is in the bucket`)
    }
    for (const disk of disks) {
      if (disk.personId !== personId) continue
      for (const canary of canaries)
        if (disk.text.includes(canary)) left.push(`${disk.name} has ${canary} of ${name}`)
      for (const sha256 of hashes)
        if (disk.pictures.has(sha256) && !disk.text.includes(sha256))
          left.push(`${disk.name} has picture ${sha256.slice(0, 8)} of ${name}`)
    }
  }
  return left
}

/** The op brought it there. */
function isOf({ op }: Minted, id: string): boolean {
  return op.kind === 'note.add'
    ? op.payload.id === id
    : op.kind === 'walk.part' && op.payload.walk.id === id
}

function hashesOf({ op }: Minted): string[] {
  return op.kind === 'note.add' ? op.payload.attachments.map(({ sha256 }) => sha256) : []
}

interface DumpedRow {
  table: string
  row: Record<string, unknown>
  text: string
}

async function dumpOf(d1: D1Database): Promise<DumpedRow[]> {
  const { results: tables } = await d1
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
    )
    .all<{ name: string }>()
  const names = tables.map(({ name }) => name).filter((name) => !/^(sqlite|d1)_/.test(name))
  const results = await d1.batch<Record<string, unknown>>(
    names.map((name) => d1.prepare(`SELECT * FROM ${name}`)),
  )
  return names.flatMap((table, index) =>
    (results[index]?.results ?? []).map((row) => ({ table, row, text: JSON.stringify(row) })),
  )
}

async function readDisk(device: Device) {
  const { observed, name } = device
  const [pairing, pictures, ...rows] = await Promise.all([
    getMeta(observed, 'pairing'),
    observed.getAllKeys('picture'),
    ...(['note', 'walk', 'step', 'outbox', 'mirror'] as const).map((store) =>
      observed.getAll(store),
    ),
  ])
  const text = JSON.stringify(rows)
  return { name, personId: pairing?.personId, text, pictures: new Set<unknown>(pictures) }
}
