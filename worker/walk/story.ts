import { pictureAddress } from '#shared/api/entry'
import type { WalkDetail, WalkNote } from '#shared/api/walk'
import type { Step } from '#shared/step'
import { notesTold, type StoryPicture, storyHtml } from '#shared/story'
import { STORY_STYLE } from '#shared/story-style'

import { pictureKey } from '../blobs/key'

/** Pictures in a file of its own are left out beyond this, in bytes. */
const FILE_MAX_BYTES = 12_000_000

/** The pictures that a story shows: the first of each note that is told and has one. */
function picturesTold({ notes }: Pick<WalkDetail, 'notes'>) {
  return notesTold(notes).flatMap((note) => {
    const picture = note.pictures.find(({ state }) => state === 'stored')
    return picture === undefined ? [] : [{ noteId: note.id, picture }]
  })
}

/** The story with addresses of pictures, for a page of ours. */
export function toStory(detail: WalkDetail, steps: readonly Step[]): string {
  return storyOf(detail, steps, (sha256) => pictureAddress(sha256))
}

/** The story with its pictures inside. @returns also whose pictures those are, by hash */
export async function toStoryFile(
  blobs: R2Bucket,
  workspaceId: string,
  detail: WalkDetail,
  steps: readonly Step[],
): Promise<{ html: string; shown: string[] }> {
  const inside = new Map<string, string>()
  let bytes = 0
  for (const { picture } of picturesTold(detail)) {
    // oxlint-disable-next-line no-await-in-loop -- one in memory at a time
    const found = await blobs.get(pictureKey(workspaceId, picture.sha256))
    if (found === null || (bytes += found.size) > FILE_MAX_BYTES) continue
    // oxlint-disable-next-line no-await-in-loop -- see above
    const content = new Uint8Array(await found.arrayBuffer())
    inside.set(picture.sha256, `data:${picture.type};base64,${toBase64(content)}`)
  }
  const html = storyOf(detail, steps, (sha256) => inside.get(sha256))
  return { html, shown: [...inside.keys()] }
}

function storyOf(
  { walk, debrief, notes }: WalkDetail,
  steps: readonly Step[],
  addressOf: (sha256: string) => string | undefined,
): string {
  const told = new Map(picturesTold({ notes }).map(({ noteId, picture }) => [noteId, picture]))
  const pictureOf = ({ id }: WalkNote): StoryPicture | undefined => {
    const picture = told.get(id)
    const address = picture && addressOf(picture.sha256)
    return picture && address !== undefined
      ? { address, width: picture.width, height: picture.height }
      : undefined
  }
  return storyHtml({ walk, steps, totals: walk.totals, debrief, notes }, pictureOf)
}

function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += 0x6000)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(from, from + 0x6000))))
  return pieces.join('')
}

/** Its own policy: its one style by its hash, our pictures, and nobody but us frames it. */
export async function storyPolicy(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(STORY_STYLE))
  const hash = toBase64(new Uint8Array(digest))
  return (
    `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self' data:; base-uri 'none'; ` +
    "form-action 'none'; frame-ancestors 'self'"
  )
}
