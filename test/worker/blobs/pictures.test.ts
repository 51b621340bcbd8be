import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { PICTURE_MAX_BYTES } from '#shared/limits'

import { newNote, noteOp } from '../../support/ops'
import { sha256Of } from '../support/sha256'
import { attachmentOf, type Device, newSender, push, putPicture, rows } from '../sync/support'
import { tapD1 } from '../sync/tap'
import { newWorkspace } from '../support/workspace'
import { pngOf } from './png'

/** A leader whose note announced this picture. */
async function announce(bytes: Uint8Array<ArrayBuffer>, change = {}, given?: Device) {
  const device = given ?? (await newSender())
  const attachment = await attachmentOf(bytes, change)
  const note = newNote({ attachments: [attachment] })
  const [result] = await push(device, [noteOp(Math.ceil(Math.random() * 1e9), note)])
  if (result?.status !== 'applied')
    throw new Error(`the note was not taken: ${JSON.stringify(result)}`)
  return { device, note, sha256: attachment.sha256 }
}

const stateOf = async (noteId: string) =>
  (await rows<{ state: string }>('SELECT state FROM attachment WHERE note_id = ?', noteId)).map(
    ({ state }) => state,
  )
const keyOf = (device: Device, sha256: string) => `o/${device.workspace.id}/${sha256}`

test('a picture that was announced is stored once, under its workspace and its hash', async () => {
  const bytes = pngOf('a')
  const { device, note, sha256 } = await announce(bytes)
  expect(await stateOf(note.id)).toEqual(['pending'])

  const first = await putPicture(device, sha256, bytes)
  const again = await putPicture(device, sha256, bytes)

  expect(await first.json()).toEqual({ state: 'stored' })
  expect(await again.json()).toEqual({ state: 'exists' })
  expect(await stateOf(note.id)).toEqual(['stored'])
  const stored = await env.BLOBS.get(keyOf(device, sha256))
  expect(stored?.httpMetadata?.contentType).toBe('image/png')
  expect(new Uint8Array((await stored?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes)
  expect((await env.BLOBS.list({ prefix: `o/${device.workspace.id}/` })).objects).toHaveLength(1)
})

test('a byte that changed on the way, or is missing, is never stored and may be sent again', async () => {
  const bytes = pngOf('b')
  const { device, note, sha256 } = await announce(bytes)
  const flipped = bytes.slice()
  flipped[30] = (flipped[30] ?? 0) ^ 1
  const longer = new Uint8Array([...bytes, 0])

  for (const damaged of [flipped, bytes.slice(0, -1), longer, new Uint8Array()]) {
    expect((await putPicture(device, sha256, damaged)).status).toBe(422)
  }

  expect(await env.BLOBS.head(keyOf(device, sha256))).toBeNull()
  expect(await stateOf(note.id)).toEqual(['pending'])
  expect((await putPicture(device, sha256, bytes)).status).toBe(200)
})

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/png'],
  ['HTML', '<!doctype html><script>alert(1)</script>', 'image/webp'],
  ['a PHP file', '<?php system($_GET[0]); ?>', 'image/jpeg'],
] as const)(
  '%s is no picture: refused, and the note keeps its words',
  async (_what, text, type) => {
    const bytes = new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
    const { device, note, sha256 } = await announce(bytes, { type })

    expect((await putPicture(device, sha256, bytes)).status).toBe(415)

    expect(await stateOf(note.id)).toEqual(['refused'])
    expect(await env.BLOBS.head(keyOf(device, sha256))).toBeNull()
    expect(await rows('SELECT words FROM note WHERE id = ?', note.id)).toEqual([
      { words: note.words },
    ])
  },
)

test('a PNG with a page behind its end is refused', async () => {
  const bytes = new Uint8Array([
    ...pngOf('tail'),
    ...new TextEncoder().encode('<script>alert(1)</script>'),
  ])
  const { device, note, sha256 } = await announce(bytes)

  expect((await putPicture(device, sha256, bytes)).status).toBe(415)
  expect(await stateOf(note.id)).toEqual(['refused'])
})

test.each([{ type: 'image/webp' as const }, { bytes: 7 }])(
  'a picture that is not as announced (%j) is refused',
  async (change) => {
    const bytes = pngOf('c')
    const { device, note, sha256 } = await announce(bytes, change)

    expect((await putPicture(device, sha256, bytes)).status).toBe(415)
    expect(await stateOf(note.id)).toEqual(['refused'])
  },
)

test('bytes that no note announced, or only somebody else’s, have no place here', async () => {
  const workspace = await newWorkspace()
  const mine = await newSender({ workspace })
  const colleague = await newSender({ workspace })
  const stranger = await newSender()
  const bytes = pngOf('d')
  const { sha256 } = await announce(bytes, {}, colleague)

  const answers = await Promise.all([
    putPicture(mine, sha256, bytes),
    putPicture(stranger, sha256, bytes),
    putPicture(mine, await sha256Of(pngOf('e')), pngOf('e')),
    putPicture(mine, sha256.toUpperCase(), bytes),
    putPicture(mine, 'x', bytes),
    putPicture(mine, '..%2F..%2Fo', bytes),
  ])

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
  expect((await env.BLOBS.list({ prefix: `o/${workspace.id}/` })).objects).toEqual([])
})

test('two workspaces with one picture have it twice, and neither learns of the other', async () => {
  const bytes = pngOf('f')
  const one = await announce(bytes)
  const other = await announce(bytes)

  await putPicture(one.device, one.sha256, bytes)

  expect(await stateOf(other.note.id)).toEqual(['pending'])
  expect(await (await putPicture(other.device, other.sha256, bytes)).json()).toEqual({
    state: 'stored',
  })
})

test('a note that shows a picture which is here already needs no second upload', async () => {
  const bytes = pngOf('g')
  const { device, sha256 } = await announce(bytes)
  await putPicture(device, sha256, bytes)

  const { note } = await announce(bytes, {}, device)

  expect(await stateOf(note.id)).toEqual(['stored'])
})

test.each(['lost-before', 'lost-after'] as const)(
  'R2 has it and the trip to D1 is %s: the next try heals',
  async (fate) => {
    const bytes = pngOf(`h${fate}`)
    const { device, note, sha256 } = await announce(bytes)
    const { d1 } = tapD1(env.DB, ({ sql }) =>
      /update "attachment"/i.test(sql[0] ?? '') ? fate : 'go',
    )

    const lost = await putPicture(device, sha256, bytes, { DB: d1 })

    expect(lost.status).toBe(500)
    expect(await env.BLOBS.head(keyOf(device, sha256))).not.toBeNull()
    expect(await (await putPicture(device, sha256, bytes)).json()).toEqual({ state: 'exists' })
    expect(await stateOf(note.id)).toEqual(['stored'])
  },
)

test('R2 fails: nothing is said to be stored, and the next try heals', async () => {
  const bytes = pngOf('i')
  const { device, note, sha256 } = await announce(bytes)
  const broken = { put: () => Promise.reject(new Error('R2 is away')) } as unknown as R2Bucket

  expect((await putPicture(device, sha256, bytes, { BLOBS: broken })).status).toBe(500)
  expect(await stateOf(note.id)).toEqual(['pending'])
  expect((await putPicture(device, sha256, bytes)).status).toBe(200)
})

test('a picture may have four MiB, and not one byte more', async () => {
  const device = await newSender()
  const sha256 = 'a'.repeat(64)
  await push(device, [
    noteOp(1, newNote({ attachments: [await attachmentOf(pngOf('j'), { sha256 })] })),
  ])

  expect((await putPicture(device, sha256, new Uint8Array(PICTURE_MAX_BYTES))).status).toBe(422)
  expect((await putPicture(device, sha256, new Uint8Array(PICTURE_MAX_BYTES + 1))).status).toBe(413)
})

test('ten uploads of one picture at once make one object', async () => {
  const bytes = pngOf('k')
  const { device, sha256 } = await announce(bytes)

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => putPicture(device, sha256, bytes)),
  )
  const states = await Promise.all(
    answers.map(async (answer) => (await answer.json<{ state: string }>()).state),
  )

  expect(states.filter((state) => state === 'stored')).toHaveLength(1)
  expect(states.filter((state) => state === 'exists')).toHaveLength(9)
})
