import type { RunningWorker } from '../../support/worker'
import type { Device } from './device'

/** What the walker was told, which is what has to be true in the end. */
export interface Ledger {
  /** Whose browser it is; the server is asked for their things alone. */
  personId: string
  /** Words that the panel said it keeps. */
  kept: Set<string>
  /** Words of notes for which Send said that they are on their way. */
  sent: Set<string>
  /** Everything that was ever typed: nothing else may turn up anywhere. */
  typed: Set<string>
  /** Moments asked for on a page. */
  pressed: number
  /** Of these, the ones that got words: any other may have been kept without. */
  worded: number
}

export function newLedger(personId: string): Ledger {
  return { personId, kept: new Set(), sent: new Set(), typed: new Set(), pressed: 0, worded: 0 }
}

/** What this device no longer has, or has twice, of what it said it keeps. */
export function missingOn(device: Device, { kept }: Ledger): string[] {
  const count = countOf(device.notes.map(({ words }) => words))
  return [...kept].flatMap((words) =>
    count(words) === 1 ? [] : [`“${words}” is on the device ${count(words)} times`],
  )
}

/** How what the server has differs from what the walker was told; empty when all is well. */
export function differences(worker: RunningWorker, device: Device, ledger: Ledger): string[] {
  return [
    ...missingOn(device, ledger),
    ...wrongNotes(worker, ledger),
    ...wrongOps(worker, device, ledger),
    ...wrongPictures(worker, device, ledger),
    ...wrongSteps(worker, device),
  ]
}

/** The words of every note of a person that the server has. */
export function arrivedWords({ query }: RunningWorker, personId: string): string[] {
  return query<{ words: string }>('SELECT words FROM note WHERE person_id = ?', personId).map(
    ({ words }) => words,
  )
}

function wrongNotes(
  worker: RunningWorker,
  { personId, sent, typed, pressed, worded }: Ledger,
): string[] {
  const all = arrivedWords(worker, personId)
  const count = countOf(all)
  const moments = count('')
  return [
    ...[...sent]
      .filter((words) => count(words) !== 1)
      .map((words) => `“${words}” arrived ${count(words)} times`),
    ...[...new Set(all)]
      .filter((words) => words !== '' && !sent.has(words))
      .filter((words) => !typed.has(words) || count(words) !== 1)
      .map((words) => `“${words}” was never sent so`),
    ...(moments > pressed - worded
      ? [`${moments} moments without words, asked for ${pressed - worded} times`]
      : []),
  ]
}

function wrongOps({ query }: RunningWorker, { outbox }: Device, { personId }: Ledger): string[] {
  const ops = query<{ op_id: string; device_id: string; mid: number; seq: number | null }>(
    'SELECT op_id, device_id, mid, seq FROM op WHERE person_id = ? ORDER BY device_id, mid',
    personId,
  )
  const here = new Set(ops.map(({ op_id }) => op_id))
  const unordered = ops.filter((op, index) => {
    const before = ops[index - 1]
    return before?.device_id === op.device_id && (before.seq ?? 0) >= (op.seq ?? 0)
  })
  const doubled = query<{ subject_id: string }>(
    `SELECT subject_id FROM op WHERE person_id = ? AND kind = 'note.add'
      GROUP BY subject_id HAVING count(*) > 1`,
    personId,
  )
  return [
    ...outbox.filter(({ opId }) => !here.has(opId)).map(({ mid }) => `op ${mid} is missing`),
    ...outbox
      .filter(({ state }) => state !== 'acked')
      .map(({ mid, state }) => `op ${mid} is still ${state}`),
    ...(ops.length === outbox.length ? [] : [`${ops.length} ops, ${outbox.length} were let go`]),
    ...unordered.map(({ mid }) => `op ${mid} came before its turn`),
    ...doubled.map(({ subject_id }) => `note ${subject_id} was sent twice`),
  ]
}

function wrongPictures(
  worker: RunningWorker,
  { notes, outbox }: Device,
  { personId }: Ledger,
): string[] {
  const rows = worker.query<{ note_id: string; sha256: string; state: string }>(
    `SELECT note_id, sha256, attachment.state FROM attachment
      JOIN note ON note.id = attachment.note_id WHERE note.person_id = ?`,
    personId,
  )
  const stored = new Set(worker.blobs().map(({ key }) => key.split('/').at(-1)))
  const announced = outbox.flatMap(({ op }) =>
    op.kind === 'note.add'
      ? op.payload.attachments.map(({ sha256 }) => `${op.payload.id} ${sha256}`)
      : [],
  )
  const there = new Set(rows.map(({ note_id, sha256 }) => `${note_id} ${sha256}`))
  const shown = new Set(
    notes.flatMap(({ id, attachments }) => attachments.map(({ sha256 }) => `${id} ${sha256}`)),
  )
  return [
    ...announced.filter((each) => !there.has(each)).map((each) => `picture ${each} is missing`),
    ...rows
      .filter(({ sha256, state }) => state !== 'stored' || !stored.has(sha256))
      .map(({ sha256, state }) => `picture ${sha256} is ${state}`),
    ...[...there].filter((each) => !shown.has(each)).map((each) => `picture ${each} is nobody’s`),
  ]
}

function wrongSteps({ query }: RunningWorker, { walks, steps }: Device): string[] {
  return walks.flatMap(({ id, sentSeq, sentParts }) => {
    if (sentParts === 0) return []
    const here = steps.filter(({ walkId, step }) => walkId === id && step.seq <= sentSeq)
    const there = query<{ seq: number; kind: string }>(
      'SELECT seq, kind FROM step WHERE walk_id = ? ORDER BY seq',
      id,
    )
    const same =
      JSON.stringify(here.map(({ step: { seq, kind } }) => [seq, kind])) ===
      JSON.stringify(there.map(({ seq, kind }) => [seq, kind]))
    return same ? [] : [`walk ${id} has ${there.length} steps there, ${here.length} here`]
  })
}

function countOf(all: readonly string[]): (text: string) => number {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return (text) => counts.get(text) ?? 0
}
