import { type Step } from '#shared/step'
import { notesTold, storyHtml, type StoryPicture } from '#shared/story'
import { totalsOf } from '#shared/walk'

import type { KeptNote, WinceDatabase } from '../storage/database'
import { listSteps } from '../walk/walks'

/**
 * A walk as one page without names, made on this device of what was sent and nothing else: what
 * was left out, is still being written or was taken back stays out.
 *
 * @returns undefined for a walk that is not here, or whose timeline was taken back
 */
export async function makeStoryFile(
  database: WinceDatabase,
  walkId: string,
  now: number,
): Promise<string | undefined> {
  const walk = await database.get('walk', walkId)
  if (walk === undefined || walk.takenBack != null) return undefined
  const steps: Step[] = (await listSteps(database, walkId)).filter(({ seq }) => seq <= walk.sentSeq)
  const notes = (await database.getAll('note')).filter(
    (note) => note.walkId === walkId && (note.state === 'queued' || note.state === 'sent'),
  )
  const pictures = new Map(
    await Promise.all(
      notesTold(notes).map(async (note) => [note.id, await pictureOf(database, note)] as const),
    ),
  )
  return storyHtml(
    { walk, steps, totals: totalsOf(walk, steps, now), debrief: walk.debrief, notes },
    ({ id }) => pictures.get(id),
  )
}

/** The first masked picture of a note, all of it in its address. */
async function pictureOf(
  database: WinceDatabase,
  { attachments }: KeptNote,
): Promise<StoryPicture | undefined> {
  const [first] = attachments
  const kept = first && (await database.get('picture', first.sha256))
  if (!first || !kept) return undefined
  return {
    address: await toDataAddress(kept.blob),
    width: first.width,
    height: first.height,
  }
}

function toDataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(new Error('the picture could not be read')))
    reader.readAsDataURL(blob)
  })
}
