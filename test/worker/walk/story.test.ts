import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'

import type { Note } from '#shared/note'

import { newWalk } from '../../support/ops'
import { wifiWalk } from '../../support/played-walk'
import { d1CallsOf } from '../register/support'
import { attachmentOf, putPicture } from '../sync/support'
import { pngOf } from '../blobs/png'
import { newWalks, sendWalk } from './support'

let walks: Awaited<ReturnType<typeof newWalks>>
let story: { id: string; notes: Note[]; sha256: string; bytes: Uint8Array }

beforeAll(async () => {
  walks = await newWalks()
  const bytes = pngOf('masked')
  const picture = await attachmentOf(bytes)
  const { walk, steps, notes } = wifiWalk()
  const pictured = notes.map((note) =>
    note.wince === 3 ? { ...note, attachments: [picture] } : note,
  )
  await sendWalk(
    walks.lena,
    {
      walk,
      steps,
      debrief: { done: 'no', effort: 7, line: 'Never again.', fixFirst: notes[3]?.id ?? null },
    },
    pictured,
  )
  await putPicture(walks.lena, picture.sha256, bytes)
  story = { id: walk.id, notes, sha256: picture.sha256, bytes }
})

const addressOf = (query = '') => `/app/walks/${story.id}/story${query}`

test('a story has the errand, how it went and the worst winces, and nobody’s name', async () => {
  const { owner, leader } = walks

  const response = await owner.browser.send(addressOf())
  const html = await response.text()

  expect([response.status, response.headers.get('Content-Type')]).toEqual([
    200,
    'text/html; charset=UTF-8',
  ])
  expect(html).toContain('<h1>“I’m new today and my laptop won’t join the ward Wi-Fi.”</h1>')
  expect(html).toContain('Not done after 0:00')
  expect(html).toContain('Nearly seven minutes on hold')
  expect(html).toContain('Fix this first:</b> I would never guess')
  expect(html).toContain('As new starter')
  // Not even for the owner, who is told elsewhere.
  for (const name of [leader.name, owner.name, 'Lea Leader']) expect(html).not.toContain(name)
  expect(html).not.toContain(leader.id)
})

test('it is one document under a policy of its own: no script, its one style, framed by us alone', async () => {
  const response = await walks.viewer.browser.send(addressOf())

  expect(response.headers.get('Content-Security-Policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'$/,
  )
  expect(response.headers.get('X-Frame-Options')).toBe('SAMEORIGIN')
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const html = await response.text()
  expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:/i)
  expect(html.match(/<img [^>]*src="[^"]*"/g)?.[0]).toContain(`src="/app/pictures/${story.sha256}"`)
})

test('as a file it has its pictures inside, and each of them is a line of the log', async () => {
  const { viewer, workspace } = walks
  const response = await viewer.browser.send(addressOf('?as=file'))
  const html = await response.text()

  expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="walk.html"')
  expect(html).not.toContain('/app/pictures/')
  const [, base64 = ''] = /src="data:image\/png;base64,([^"]+)"/.exec(html) ?? []
  expect(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))).toEqual(story.bytes)
  const { results } = await env.DB.prepare(
    `SELECT actor, detail FROM audit WHERE workspace_id = ?1 AND what = 'picture.viewed'`,
  )
    .bind(workspace.id)
    .all()
  expect(results).toEqual([{ actor: viewer.id, detail: JSON.stringify({ sha256: story.sha256 }) }])
})

test('who may not read the walk gets no story, and a walker sees their own pictures only', async () => {
  const { leader, dean, workspace } = walks
  const { walk } = await sendWalk(dean, { walk: newWalk() })
  const bytes = pngOf('another')
  const other = await attachmentOf(bytes)
  await sendWalk(dean, {}, [{ attachments: [other] }])
  await putPicture(dean, other.sha256, bytes)
  const statusOf = async (path: string) => (await leader.browser.send(path)).status

  expect(await statusOf(addressOf())).toBe(200)
  expect(await statusOf(`/app/walks/${walk.id}/story`)).toBe(404)
  expect(await statusOf(`/app/pictures/${story.sha256}`)).toBe(200)
  expect(await statusOf(`/app/pictures/${other.sha256}`)).toBe(404)
  expect((await workspace.owner.browser.send(`/app/pictures/${other.sha256}`)).status).toBe(200)
})

test('a story takes three calls to D1', async () => {
  expect(await d1CallsOf(walks.viewer, addressOf())).toBe(3)
})
