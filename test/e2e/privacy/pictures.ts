import type { Page } from 'playwright-core'

import type { RunningWorker } from '../../support/worker'
import { distancesFromInk } from '../editor-steps'
import { toPictureBoxes } from '../portal/truth'
import type { Visit } from './walk'

/** What a place's picture shows, read anew from the bytes that the server has. */
export interface Seen {
  name: string
  /** How far, at most, a channel of the pixels is from ink: under what is planted, and anywhere. */
  planted: number
  anywhere: number
}

interface Row {
  sha256: string
  width: number
  height: number
}

/** Looks at the pictures of the walk that was sent last; `page` only reckons. */
export async function lookAtPictures(
  worker: RunningWorker,
  page: Page,
  visits: readonly Visit[],
): Promise<Seen[]> {
  const rows = worker.query<Row>(
    `SELECT sha256, width, height FROM attachment JOIN note ON note.id = attachment.note_id
     WHERE note.walk_id = (SELECT walk_id FROM note ORDER BY at DESC LIMIT 1) ORDER BY note.at`,
  )
  if (rows.length !== visits.length)
    throw new Error(`${rows.length} pictures of ${visits.length} places`)
  const blobs = worker.blobs()
  const seen: Seen[] = []
  for (const [index, { name, width, boxes }] of visits.entries()) {
    const row = rows[index]
    const blob = blobs.find(({ key }) => key.endsWith(row?.sha256 ?? 'none'))
    if (!row || !blob) throw new Error(`the picture of ${name} is not in R2`)
    const [anywhere, ...planted] = await distancesFromInk(page, blob.bytes.toString('base64'), [
      [0, 0, row.width, row.height],
      ...toPictureBoxes(boxes, width, row),
    ])
    seen.push({
      name,
      planted: Math.max(0, ...planted.map(({ most }) => most)),
      anywhere: anywhere?.most ?? 255,
    })
  }
  return seen
}
