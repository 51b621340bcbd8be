import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import * as v from 'valibot'

import { Sha256 } from '#shared/attachment'
import { PICTURE_MAX_BYTES } from '#shared/limits'
import { Note } from '#shared/note'
import { readPicture } from '#shared/picture-format'
import { Ms } from '#shared/text'
import { WalkPart } from '#shared/walk'

import type { ExportFile, ExportedPicture } from './export-file'
import { toReadablePage } from './readable-page'

/** What a file may hold; more than this nobody has walked. */
const FILES_MAX = 2_000
const JSON_MAX_BYTES = 64 * 1_048_576
const ALL_MAX_BYTES = 400 * 1_048_576
/** The largest file that is read at all, in bytes. */
export const FILE_MAX_BYTES = ALL_MAX_BYTES

const CONTENT = 'wince.json'
const ENDINGS: Record<string, string> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
}

/** Notes and walks are checked one by one, so that one that does not fit holds up no other. */
const Content = v.looseObject({
  format: v.literal('wince-export'),
  version: v.picklist([1, 2]),
  savedAt: Ms,
  payloads: v.pipe(v.array(v.unknown()), v.maxLength(20_000)),
  pictures: v.pipe(
    v.array(v.looseObject({ sha256: Sha256, base64: v.optional(v.string()) })),
    v.maxLength(FILES_MAX),
  ),
})
const Payload = v.variant('kind', [
  v.looseObject({ kind: v.literal('walk.part'), payload: WalkPart }),
  v.looseObject({ kind: v.literal('note.add'), payload: Note }),
])

/** What was read back from a file. */
export interface FileContent {
  notes: Note[]
  parts: WalkPart[]
  pictures: ExportedPicture[]
  /** Notes and parts of walks that no version of Wince would have written so. */
  unread: number
}

/** Why a file cannot be read. */
export type FileProblem = 'not-wince' | 'damaged' | 'too-large' | 'newer'

/**
 * One zip: `wince.json` for Wince, `index.html` for people, `pictures/` for both. Pictures are
 * stored as they are, because they are packed already.
 */
export function toZip({ savedAt, payloads, unfit, pictures }: ExportFile): Uint8Array<ArrayBuffer> {
  const content = {
    format: 'wince-export',
    version: 2,
    savedAt,
    payloads,
    unfit,
    pictures: pictures.map(({ sha256, type }) => ({
      sha256,
      type,
      path: pathOf({ sha256, type }),
    })),
  }
  const files: Record<string, Uint8Array | [Uint8Array, { level: 0 }]> = {
    [CONTENT]: strToU8(JSON.stringify(content, null, 2)),
    'index.html': strToU8(toReadablePage({ savedAt, payloads, unfit, pictures }, pathOf)),
  }
  for (const picture of pictures) files[pathOf(picture)] = [picture.bytes, { level: 0 }]
  return zipSync(files)
}

function pathOf({ sha256, type }: Pick<ExportedPicture, 'sha256' | 'type'>): string {
  return `pictures/${sha256}.${ENDINGS[type] ?? 'bin'}`
}

/**
 * Reads a file that Wince saved: the zip, or the text of 0.1.0 with its pictures inside. Whatever
 * does not fit is left out and counted; nothing is unpacked that would not fit into memory.
 */
export async function readFile(bytes: Uint8Array): Promise<FileContent | FileProblem> {
  if (bytes.length > FILE_MAX_BYTES) return 'too-large'
  const unpacked = isZip(bytes) ? unpack(bytes) : { [CONTENT]: bytes }
  if (typeof unpacked === 'string') return unpacked
  const text = unpacked[CONTENT]
  if (text === undefined || text.length > JSON_MAX_BYTES) return 'not-wince'
  const parsed = parseJson(text)
  const content = v.safeParse(Content, parsed)
  if (!content.success) return isNewer(parsed) ? 'newer' : 'not-wince'
  const { payloads, pictures } = content.output
  const read: FileContent = { notes: [], parts: [], pictures: [], unread: 0 }
  for (const each of payloads) {
    const payload = v.safeParse(Payload, each)
    if (!payload.success) read.unread += 1
    else if (payload.output.kind === 'note.add') read.notes.push(payload.output.payload)
    else read.parts.push(payload.output.payload)
  }
  const byHash = new Map(
    Object.entries(unpacked).map(([path, file]) => [/([0-9a-f]{64})\.\w+$/.exec(path)?.[1], file]),
  )
  for (const { sha256, base64 } of pictures) {
    const raw = base64 === undefined ? byHash.get(sha256) : fromBase64(base64)
    // oxlint-disable-next-line no-await-in-loop -- one picture at a time in memory is enough
    const picture = raw && (await readOne(sha256, raw))
    if (picture) read.pictures.push(picture)
  }
  return read
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

/** Sizes are those that the zip says of itself; a file that lies about them is damaged. */
function unpack(bytes: Uint8Array): Record<string, Uint8Array> | FileProblem {
  let files = 0
  let total = 0
  try {
    const unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        files += 1
        if (name !== CONTENT && !/^pictures\/[0-9a-f]{64}\.\w{3,4}$/.test(name)) return false
        if (name !== CONTENT && originalSize > PICTURE_MAX_BYTES) return false
        total += originalSize
        return files <= FILES_MAX && total <= ALL_MAX_BYTES
      },
    })
    return files > FILES_MAX || total > ALL_MAX_BYTES ? 'too-large' : unpacked
  } catch {
    return 'damaged'
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes))
  } catch {
    return undefined
  }
}

function isNewer(content: unknown): boolean {
  const head = v.safeParse(
    v.looseObject({
      format: v.literal('wince-export'),
      version: v.pipe(v.number(), v.minValue(3)),
    }),
    content,
  )
  return head.success
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** A picture is what its name says, of a type that we store, and holds nothing beside pixels. */
async function readOne(sha256: string, raw: Uint8Array): Promise<ExportedPicture | undefined> {
  const bytes = Uint8Array.from(raw)
  const size = readPicture(bytes)
  if (size === undefined) return undefined
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return hex === sha256 ? { sha256, type: size.type, bytes } : undefined
}
