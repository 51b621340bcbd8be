import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'

import type { WinceDatabase } from '../../../extension/storage/database'
import { importedWords } from '../../../extension/file/bring-back'
import { coverContent } from '../../../extension/file/cover-file'
import { exportUnsent } from '../../../extension/file/export-file'
import { importFile } from '../../../extension/file/import-file'
import { type FileContent, readFile, toZip } from '../../../extension/file/zip'
import { parkWalk } from '../../../extension/walk/waiting'
import { appendStep, endWalk, setDebrief, startWalk } from '../../../extension/walk/walks'
import { pngOf } from '../../worker/blobs/png'
import { emptyDevice, keptNote, surroundingsAt } from '../device'

const START = { errand: 'I lost my badge.', persona: null, service: 'Badges', firstTime: true }
let database: WinceDatabase
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
})

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}

/** A walk with two steps and a debrief, a note on it with a picture, and a draft outside of it. */
async function fillDevice() {
  const walk = await startWalk(database, surroundings, START, { tabIds: [3], origins: [] })
  await appendStep(database, surroundings, walk.id, { kind: 'asked-again', thing: 'badge number' })
  await appendStep(database, surroundings, walk.id, { kind: 'transfer' })
  const bytes = Uint8Array.from(pngOf('pixels'))
  const sha256 = await sha256Of(bytes)
  const picture = { sha256, type: 'image/png' as const, bytes: bytes.length, width: 24, height: 16 }
  const note = await keptNote(database, surroundings, {
    walkId: walk.id,
    attachments: [{ ...picture, covered: 1, uninspected: 0, everythingCovered: false }],
  })
  await database.put('picture', {
    sha256,
    blob: new Blob([bytes], { type: 'image/png' }),
    state: 'kept',
  })
  const draft = await keptNote(database, surroundings, { state: 'draft', words: 'Half a sent' })
  await endWalk(database, surroundings, walk.id)
  await setDebrief(database, walk.id, {
    done: 'no',
    effort: 6,
    line: 'Kind people.',
    fixFirst: null,
  })
  return { walk, note, draft, sha256 }
}

async function zipOfDevice() {
  return toZip(await exportUnsent(database, surroundings.now()))
}

async function readWell(bytes: Uint8Array): Promise<FileContent> {
  const content = await readFile(bytes)
  if (typeof content === 'string') throw new Error(content)
  return content
}

describe('a file that Wince saved', () => {
  test('brings every walk, step, note, draft and picture to an empty device, unsent', async () => {
    const { walk, sha256 } = await fillDevice()
    const before = await exportUnsent(database, surroundings.now())
    const zip = toZip(before)
    database = await emptyDevice()

    const imported = await importFile(database, surroundings, await readWell(zip))

    expect(imported).toEqual({ notes: 2, walks: 1, known: 0, unread: 0 })
    expect(await exportUnsent(database, surroundings.now())).toEqual(before)
    expect(await database.get('walk', walk.id)).toMatchObject({ state: 'done', tabIds: [] })
    expect((await database.getAll('note')).map(({ state }) => state)).toEqual(['kept', 'kept'])
    expect(await database.get('picture', sha256)).toMatchObject({ state: 'kept' })
    expect(await database.getAll('outbox')).toEqual([])
  })

  test('changes nothing of what is known here, however often it is brought back', async () => {
    const { note } = await fillDevice()
    const zip = await zipOfDevice()
    await database.put('note', { ...note, words: 'Said better', state: 'sent' })
    const before = await database.getAll('note')

    const imported = await importFile(database, surroundings, await readWell(zip))

    expect(imported).toEqual({ notes: 0, walks: 0, known: 3, unread: 0 })
    expect(await database.getAll('note')).toEqual(before)
  })

  test('keeps an errand that waits waiting, and one that went on waits too', async () => {
    const parked = await startWalk(database, surroundings, START, { tabIds: [], origins: [] })
    await parkWalk(database, surroundings, parked.id)
    const active = await startWalk(database, surroundings, START, { tabIds: [4], origins: [] })
    await appendStep(database, surroundings, active.id, { kind: 'transfer' })
    const zip = await zipOfDevice()
    database = await emptyDevice()

    await importFile(database, surroundings, await readWell(zip))

    expect((await database.getAll('walk')).map(({ state }) => state)).toEqual([
      'waiting',
      'waiting',
    ])
    expect(await database.get('meta', 'activeWalkId')).toBeUndefined()
  })

  test('of 0.1.0, a text with its pictures inside, is read as well', async () => {
    const { sha256 } = await fillDevice()
    const { payloads, pictures, savedAt } = await exportUnsent(database, 5)
    const old = {
      format: 'wince-export',
      version: 1,
      savedAt,
      payloads,
      pictures: pictures.map(({ bytes, ...each }) => ({
        ...each,
        base64: Buffer.from(bytes).toString('base64'),
      })),
    }
    const content = await readWell(strToU8(JSON.stringify(old, null, 2)))

    expect(content).toMatchObject({ pictures: [{ sha256, type: 'image/png' }], unread: 0 })
    expect(content.notes).toHaveLength(2)
    expect(content.parts).toHaveLength(1)
  })

  test('holds what no server would take, as it is', async () => {
    await keptNote(database, surroundings, { words: 'w'.repeat(150_000) })

    const { unfit, payloads } = await exportUnsent(database, 0)

    expect(payloads).toEqual([])
    expect(unfit).toMatchObject([{ words: 'w'.repeat(150_000) }])
  })
})

describe('the page for people', () => {
  test('shows each word as a word, whatever it is', async () => {
    const evil = `</p><script>alert(1)</script><img src=x onerror=alert(1)> & "'`
    await keptNote(database, surroundings, { words: evil, expected: evil })
    const { unzipSync, strFromU8 } = await import('fflate')
    const page = strFromU8(unzipSync(await zipOfDevice())['index.html'] ?? new Uint8Array())

    expect(page).not.toContain('<script')
    expect(page).not.toContain('<img src=x')
    expect(page).toContain('&#60;script&#62;alert(1)')
    expect(page).toContain("default-src 'none'")
  })
})

describe('a file from anywhere', () => {
  const wince = (change: object) => ({
    format: 'wince-export',
    version: 2,
    savedAt: 0,
    payloads: [],
    pictures: [],
    ...change,
  })
  const zipOf = (content: unknown, files: Record<string, Uint8Array> = {}) =>
    zipSync({ 'wince.json': strToU8(JSON.stringify(content)), ...files })

  test.each([
    ['nothing', new Uint8Array(), 'not-wince'],
    ['a text', strToU8('Dear diary'), 'not-wince'],
    ['another JSON', strToU8('{"format":"other"}'), 'not-wince'],
    ['half a zip', zipOf(wince({})).slice(0, 90), 'damaged'],
    ['a zip of something else', zipSync({ 'a.txt': strToU8('a') }), 'not-wince'],
    ['what a newer Wince saved', zipOf(wince({ version: 3 })), 'newer'],
    [
      'a zip that would fill the memory',
      zipSync({ 'wince.json': new Uint8Array(401 * 1_048_576) }),
      'too-large',
    ],
  ])('%s is refused with a reason', async (_name, bytes, problem) => {
    expect(await readFile(bytes)).toBe(problem)
  })

  test('loses what does not fit and nothing else', async () => {
    const { note, sha256 } = await fillDevice()
    const { payloads } = await exportUnsent(database, 0)
    const html = strToU8('<script>alert(1)</script>')
    const htmlHash = await sha256Of(Uint8Array.from(html))
    const broken = { kind: 'note.add', payload: { ...note, place: { kind: 'moon' } } }
    const content = await readWell(
      zipOf(
        wince({
          payloads: [broken, ...payloads, { kind: 'note.eat' }, null],
          pictures: [{ sha256 }, { sha256: htmlHash }, { sha256: 'f'.repeat(64) }],
        }),
        {
          [`pictures/${sha256}.png`]: Uint8Array.from(pngOf('others')),
          [`pictures/${htmlHash}.webp`]: html,
          '../../evil.js': html,
        },
      ),
    )

    // The first picture is none of its name, the second is no picture, the third did not come.
    expect(content).toMatchObject({ pictures: [], unread: 3 })
    database = await emptyDevice()
    expect(await importFile(database, surroundings, content)).toEqual({
      notes: 2,
      walks: 1,
      known: 0,
      // Three payloads that are none, and the picture of a note.
      unread: 4,
    })
    expect((await database.getAll('note')).flatMap(({ attachments }) => attachments)).toEqual([])
  })

  test('is covered whole before it is written, whatever it says of its covers', async () => {
    const { note } = await fillDevice()
    const content = await readWell(await zipOfDevice())
    for (const each of content.notes)
      for (const attachment of each.attachments) attachment.everythingCovered = true
    const black = Uint8Array.from(pngOf('black'))
    const sha256 = await sha256Of(black)

    const covered = await coverContent(content, async (_picture, before) => ({
      attachment: { ...before, sha256, bytes: black.length, everythingCovered: true },
      blob: new Blob([black], { type: 'image/png' }),
    }))
    database = await emptyDevice()
    await importFile(database, surroundings, covered)

    expect(covered.notes).toHaveLength(content.notes.length)
    expect((await database.getAll('picture')).map((each) => each.sha256)).toEqual([sha256])
    expect(await database.get('note', note.id)).toMatchObject({ attachments: [{ sha256 }] })
  })

  test('never throws at random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, zip) => {
        const file = zip ? Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes]) : bytes
        expect(typeof (await readFile(file))).toBe('string')
      }),
    )
  })
})

test.each([
  [
    { notes: 2, walks: 1, known: 3, unread: 0 },
    '2 notes and 1 walk are here now; 3 were here before.',
  ],
  [{ notes: 1, walks: 0, known: 0, unread: 1 }, '1 note is here now; 1 could not be read.'],
  [{ notes: 0, walks: 0, known: 1, unread: 0 }, 'Nothing new in that file; 1 was here before.'],
])('what came of a file is said in a sentence', (imported, words) => {
  expect(importedWords(imported)).toBe(words)
})
