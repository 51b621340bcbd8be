import { toAddress, toTitle } from '#shared/address'
import type { Attachment } from '#shared/attachment'
import type { CallEnd } from '#shared/call'
import { type Id, uuidv7 } from '#shared/id'
import type { Note } from '#shared/note'
import type { Op } from '#shared/op'
import { PhoneKey, type Place } from '#shared/place'
import type { Step } from '#shared/step'
import { totalsOf, type Walk } from '#shared/walk'
import * as v from 'valibot'

import type { DemoFiles, DemoLine } from './lines'
import { drawPicture, type DemoPicture } from './picture'

/** One walk, as its leader's browser would send it in one go. */
export interface DemoSend {
  walker: string
  ops: Op[]
  pictures: { sha256: string; bytes: Uint8Array<ArrayBuffer> }[]
}

/** Longer than this between two notes is time spent waiting for an answer. */
const ANSWER_AFTER_MS = 30 * 60_000
const BEFORE_FIRST_NOTE_MS = 4 * 60_000
const AFTER_LAST_NOTE_MS = 3 * 60_000

/**
 * The walks of the file, oldest first, moved by whole days so that the last one ended at most
 * a day before `now`. Ids come from the file's own, so that filling twice changes nothing.
 *
 * @param now Unix ms
 */
export async function sendsOf(files: DemoFiles, now: number): Promise<DemoSend[]> {
  const last = Math.max(...files.lines.map((line) => line.at))
  const shiftMs = Math.floor((now - AFTER_LAST_NOTE_MS - last) / 86_400_000) * 86_400_000
  const mids = new Map<string, number>()
  const sends: DemoSend[] = []
  for (const [walk, lines] of linesByWalk(files.lines)) {
    // oxlint-disable-next-line no-await-in-loop -- numbers of one browser count up in order
    sends.push(await sendOf(walk, lines, files, shiftMs, mids))
  }
  return sends
}

/** The id of a line's note, to find it again in the register. */
export function noteIdOf(line: Pick<DemoLine, 'id' | 'at'>): Promise<Id> {
  return idFor(`note ${line.id}`, line.at)
}

function linesByWalk(lines: readonly DemoLine[]): [string, DemoLine[]][] {
  const walks = new Map<string, DemoLine[]>()
  for (const line of lines) walks.set(line.walk, [...(walks.get(line.walk) ?? []), line])
  return [...walks]
}

async function sendOf(
  walk: string,
  lines: readonly DemoLine[],
  { walks }: DemoFiles,
  shiftMs: number,
  mids: Map<string, number>,
): Promise<DemoSend> {
  const walker = lines[0]?.walker ?? ''
  const nextMid = () => {
    const mid = (mids.get(walker) ?? 0) + 1
    mids.set(walker, mid)
    return mid
  }
  const firstAt = lines[0]?.at ?? 0
  const endedAt = (lines.at(-1)?.at ?? 0) + shiftMs + AFTER_LAST_NOTE_MS
  const more = walks[walk]
  const set: Walk = {
    id: await idFor(`walk ${walk}`, firstAt),
    kind: more?.errand == null ? 'shift' : 'errand',
    state: 'done',
    errand: more?.errand ?? null,
    persona: more?.persona ?? null,
    service: lines[0]?.service ?? null,
    firstTime: null,
    startedAt: firstAt + shiftMs - BEFORE_FIRST_NOTE_MS,
    endedAt,
  }
  const steps = stepsOf(lines, shiftMs)
  const debrief = more?.done ? { done: more.done, effort: null, line: null, fixFirst: null } : null
  const ops: Op[] = [
    {
      opId: await idFor(`part ${walk}`, firstAt),
      mid: nextMid(),
      at: endedAt,
      kind: 'walk.part',
      payload: { walk: set, part: 1, steps, totals: totalsOf(set, steps, endedAt), debrief },
    },
  ]
  const pictures: DemoSend['pictures'] = []
  for (const line of lines) {
    // oxlint-disable-next-line no-await-in-loop -- numbers of one browser count up in order
    const picture = await pictureOf(line)
    if (picture) pictures.push({ sha256: picture.attachment.sha256, bytes: picture.drawn.bytes })
    // oxlint-disable-next-line no-await-in-loop -- see above
    const [opId, note] = await Promise.all([
      idFor(`op ${line.id}`, line.at),
      noteOf(line, set, shiftMs, picture ? [picture.attachment] : []),
    ])
    ops.push({ opId, mid: nextMid(), at: endedAt, kind: 'note.add', payload: note })
  }
  return { walker, ops, pictures }
}

async function noteOf(
  line: DemoLine,
  walk: Walk,
  shiftMs: number,
  attachments: Attachment[],
): Promise<Note> {
  const isLiked = line.mood === 'liked'
  return {
    id: await noteIdOf(line),
    walkId: walk.id,
    source: walk.kind === 'shift' ? 'shift' : 'walk',
    at: line.at + shiftMs,
    mood: line.mood,
    kind: isLiked ? null : line.kind,
    wince: isLiked ? null : line.wince,
    money: !isLiked && (line.kind === 'jargon' || line.kind === 'tone') ? 'free' : null,
    words: line.text,
    firstWords: line.text,
    expected: line.expected,
    service: line.service,
    place: placeOf(line),
    attachments,
  }
}

/** The file gives addresses as they were seen; a device would have kept only their templates. */
function placeOf({ place, channel, service }: DemoLine): Place {
  const address = place.url === null ? undefined : toAddress(place.url)
  if (address) {
    const { element, title } = place
    return {
      kind: 'page',
      origin: address.origin,
      route: address.route,
      title: title === null ? null : toTitle(title),
      anchor: element && { role: element.role, name: element.name, selectors: [] },
    }
  }
  if (place.call) {
    return {
      kind: 'call',
      number: place.call.number,
      keys: place.call.path.filter((key) => v.is(PhoneKey, key)),
    }
  }
  if (channel === 'email' || channel === 'chat')
    return { kind: 'reply', channel, system: service, subject: '' }
  if (channel === 'phone') return { kind: 'call', number: service, keys: [] }
  return { kind: 'desk', reason: null }
}

/** What a note itself says of how its call ended; of the others nobody knows. */
const CALL_ENDS: Partial<Record<DemoLine['kind'], CallEnd>> = {
  voicemail: 'voicemail',
  'dead-end': 'dead-end',
}

/** As much of a timeline as the notes tell: pages, calls, keys, and the days between. */
function stepsOf(lines: readonly DemoLine[], shiftMs: number): Step[] {
  const steps: Step[] = []
  let before: number | undefined
  for (const line of lines) {
    const at = line.at + shiftMs
    const next = () => ({ seq: steps.length + 1, at })
    if (before !== undefined && at - before > ANSWER_AFTER_MS) {
      steps.push({ ...next(), kind: 'wait', ms: at - before, for: 'an answer' })
    }
    const place = placeOf(line)
    if (place.kind === 'page') {
      steps.push({
        ...next(),
        kind: 'page',
        origin: place.origin,
        route: place.route,
        title: place.title,
      })
    } else if (place.kind === 'call') {
      const { heard = null } = line.place.call ?? {}
      steps.push({ ...next(), kind: 'dial', number: place.number, why: null })
      for (const key of place.keys) steps.push({ ...next(), kind: 'key', key })
      if (heard !== null) steps.push({ ...next(), kind: 'heard', words: heard })
      const how = line.mood === 'embarrassed' ? CALL_ENDS[line.kind] : undefined
      if (how !== undefined) steps.push({ ...next(), kind: 'call-end', how })
    }
    before = at
  }
  return steps
}

async function pictureOf(
  line: DemoLine,
): Promise<{ attachment: Attachment; drawn: DemoPicture } | undefined> {
  const hasPicture = line.channel === 'portal' && line.mood === 'embarrassed' && line.wince >= 2
  if (!hasPicture) return undefined
  const drawn = await drawPicture(Number(line.id.replace(/\D/g, '')))
  const digest = await crypto.subtle.digest('SHA-256', drawn.bytes)
  const attachment: Attachment = {
    sha256: toHex(new Uint8Array(digest)),
    type: 'image/png',
    bytes: drawn.bytes.length,
    width: drawn.width,
    height: drawn.height,
    covered: drawn.covered,
    uninspected: 0,
    everythingCovered: false,
  }
  return { attachment, drawn }
}

/** The same name always gives the same id. */
export async function idFor(name: string, at: number): Promise<Id> {
  const digest = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`wince demo ${name}`)),
  )
  return uuidv7(at, (length) => digest.slice(0, length))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
