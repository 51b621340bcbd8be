import { expect, test } from 'vitest'

import { newId } from '../../support/ops'
import { refusalOf } from '../recovery/support'
import { insertEntries } from '../register/support'
import { newBrowser, send } from '../support/browser'
import { stopClock } from '../support/clock'
import { newMember, newWorkspace } from '../support/workspace'

let pages = 0

/** A workspace with a public page, and one entry whose message stands on it. */
async function newPublicPage(words = 'Thank you. Searching for wifi now finds the page.') {
  const clock = stopClock()
  const workspace = await newWorkspace({ name: 'Example <Health> & IT' })
  const { client } = await newMember(workspace, 'reviewer')
  await insertEntries(workspace.id, [{ number: 1, state: 'closed', title: 'Secret title' }])
  const slug = `page-of-test-${(pages += 1)}`
  await workspace.owner.client.changeWorkspace({ slug })
  const id = newId()
  await client.saveMessage(1, {
    id,
    kind: 'changed',
    after: 0,
    youSaid: 'Searching for “wifi” finds nothing',
    words,
    sorryFor: 'Only we know',
  })
  await client.publish(1, id)
  return { clock, workspace, client, slug, id }
}

const read = async (path: string, headers: Record<string, string> = {}) => {
  const response = await send(path, { headers })
  return { response, text: await response.text() }
}

test('what somebody opted in stands on the page and in the feed, and nothing else', async () => {
  const { slug, id } = await newPublicPage()

  const page = await read(`/public/${slug}`)
  const feed = await read(`/public/${slug}/feed.xml`)

  expect(page.response.status).toBe(200)
  expect(page.response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  for (const { text } of [page, feed]) {
    expect(text).toContain('Searching for wifi now finds the page.')
    expect(text).toContain('Example &#60;Health&#62; &#38; IT')
    expect(text).not.toMatch(/Secret title|Only we know|reviewer|<script|http-equiv/i)
  }
  expect(feed.response.headers.get('Content-Type')).toBe('application/rss+xml; charset=utf-8')
  expect(feed.text).toContain(`<guid isPermaLink="false">${id}</guid>`)
})

test('the page takes nothing from anywhere, sets no cookie, and is framed by nobody', async () => {
  const { slug } = await newPublicPage()
  for (const path of [`/public/${slug}`, `/public/${slug}/feed.xml`]) {
    // oxlint-disable-next-line no-await-in-loop -- two
    const { headers } = (await read(path)).response
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/)
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('Content-Security-Policy')).not.toContain('script-src')
    expect(headers.get('Set-Cookie')).toBeNull()
    expect(headers.get('Cache-Control')).toBe('public, max-age=300')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  }
})

test('whoever has it already is told so, until it changes', async () => {
  const { slug, client } = await newPublicPage()
  const tag = (await read(`/public/${slug}`)).response.headers.get('ETag') ?? ''

  const again = await read(`/public/${slug}`, { 'If-None-Match': `"other", W/${tag}` })
  expect([again.response.status, again.text]).toEqual([304, ''])

  await client.withdrawPublication(1)
  const changed = await read(`/public/${slug}`, { 'If-None-Match': tag })
  expect(changed.response.status).toBe(200)
  expect(changed.text).toContain('Nothing yet.')
})

test('a newer version is public only once somebody says so', async () => {
  const { slug, client } = await newPublicPage()
  const id = newId()
  const words = 'Thank you. It is better still.'
  await client.saveMessage(1, { id, kind: 'changed', after: 1, youSaid: '', words, sorryFor: '' })
  expect((await read(`/public/${slug}`)).text).not.toContain(words)

  await client.publish(1, id)
  expect((await read(`/public/${slug}`)).text).toContain(words)
})

test('without a name there is no page, and its old address is gone', async () => {
  const { slug, workspace } = await newPublicPage()
  const nothing = (await read('/public/nobody-chose-this')).text

  await workspace.owner.client.changeWorkspace({ slug: null })

  for (const path of [`/public/${slug}`, `/public/${slug}/feed.xml`, `/public/${slug}/more/x`]) {
    // oxlint-disable-next-line no-await-in-loop -- three
    const { response, text } = await read(path)
    expect([response.status, text]).toEqual([404, nothing])
  }
})

test.each(['short', 'With-Capitals', 'two--dashes', '-dash-first', 'a/b/c/d/e', 'x'.repeat(121)])(
  'no page is called %s',
  async (slug) => {
    const workspace = await newWorkspace()
    expect(await refusalOf(workspace.owner.client.changeWorkspace({ slug }))).toBe('400 malformed')
  },
)

test('a name belongs to one page only, and its owner may say it again', async () => {
  const { slug, workspace } = await newPublicPage()
  const other = await newWorkspace()

  expect(await refusalOf(other.owner.client.changeWorkspace({ slug }))).toBe('422 slug-taken')
  expect(await refusalOf(workspace.owner.client.changeWorkspace({ slug }))).toBe('done')
})

test('older ones come page by page, each once', async () => {
  const { clock, slug, workspace, client } = await newPublicPage()
  const numbers = Array.from({ length: 24 }, (_, index) => index + 2)
  await insertEntries(
    workspace.id,
    numbers.map((number) => ({ number, state: 'closed' })),
  )
  for (const number of numbers) {
    clock.advance(number % 2)
    const id = newId()
    const words = `Thank you. Change ${number}.`
    // oxlint-disable-next-line no-await-in-loop -- one after the other, some in the same millisecond
    await client.saveMessage(number, {
      id,
      kind: 'changed',
      after: 0,
      youSaid: '',
      words,
      sorryFor: '',
    })
    // oxlint-disable-next-line no-await-in-loop -- see above
    await client.publish(number, id)
  }

  const first = (await read(`/public/${slug}`)).text
  const [, older = ''] = /href="(\?after=[^"]+)"/.exec(first) ?? []
  const second = (await read(`/public/${slug}${older}`)).text

  const itemsOf = (html: string) => [...html.matchAll(/<li id="([^"]+)"/g)].map(([, id]) => id)
  expect(itemsOf(first)).toHaveLength(20)
  expect(itemsOf(second)).toHaveLength(5)
  expect(new Set([...itemsOf(first), ...itemsOf(second)]).size).toBe(25)
  expect((await read(`/public/${slug}?after=x`)).response.status).toBe(404)
})

test('a signed-in browser gets the very same page', async () => {
  const { slug, workspace } = await newPublicPage()
  const own = await workspace.owner.browser.send(`/public/${slug}`)
  const anybody = await newBrowser().send(`/public/${slug}`)
  expect(await own.text()).toBe(await anybody.text())
})

test('clocks that rest on weekends are counted anew for every open promise', async () => {
  const { workspace, client } = await newPublicPage()
  const since = Date.parse('2026-11-27T10:00:00Z')
  const followUps = [{ id: newId(), customer: 'Ward nurse', since }]
  await client.addFollowUps(1, { followUps })
  const dueAt = async () => (await client.listFollowUps()).followUps[0]?.dueAt

  await workspace.owner.client.changeWorkspace({ clocksOnWeekends: false })
  expect(await dueAt()).toBe(Date.parse('2026-11-30T10:00:00Z'))
  await workspace.owner.client.changeWorkspace({ clocksOnWeekends: true })
  expect(await dueAt()).toBe(Date.parse('2026-11-28T10:00:00Z'))
})
