import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { notesTold, type Story, type StoryNote, storyHtml } from '#shared/story'
import { STORY_STYLE } from '#shared/story-style'
import { totalsOf } from '#shared/walk'

import { MORNING } from '../support/ops'
import { longWalk, wifiWalk } from '../support/played-walk'

const { walk, steps, notes } = wifiWalk()
const wifi: Story<StoryNote> = {
  walk,
  steps,
  notes,
  totals: totalsOf(walk, steps, walk.startedAt),
  debrief: { done: 'no', line: 'Never again.', fixFirst: notes[3]?.id ?? null },
}
const noPicture = () => undefined

/** The tags of a page, without what stands between them. */
const tagsOf = (html: string) =>
  html
    .replace(STORY_STYLE, '')
    .match(/<[^>]*>/g)
    ?.map((tag) => tag.replace(/"[^"]*"/g, '""')) ?? []

test('the worst five winces are told as they happened, and one that was liked', () => {
  const graded = [1, 3, 2, 1, 3, 2, 0].map((wince, index): StoryNote => ({
    ...(notes[0] as StoryNote),
    id: String(index),
    at: MORNING + index,
    wince: wince as 0,
  }))
  const liked = { ...(notes[2] as StoryNote), id: 'liked' }

  expect(notesTold([...graded, liked]).map(({ id }) => id)).toEqual([
    '0',
    '1',
    '2',
    '4',
    '5',
    'liked',
  ])
})

test('a story is told in figures and words', () => {
  const html = storyHtml(wifi, noPicture)

  expect(html).toContain('Not done after 31:08')
  expect(html).toContain('<dt>of it waiting</dt><dd>10:35</dd>')
  expect(html).toContain('As new starter · first time here · Wi-Fi')
  // A month and no day, which could say who it was.
  expect(html).toContain('September 2026')
  expect(html).not.toContain('7 September')
})

test('a picture of no address of ours is left out', () => {
  const srcOf = (address: string) =>
    /src="([^"]*)"/.exec(storyHtml(wifi, () => ({ address, width: 1, height: 1 })))?.[1]

  expect(srcOf(`/app/pictures/${'a'.repeat(64)}`)).toBe(`/app/pictures/${'a'.repeat(64)}`)
  expect(srcOf('data:image/webp;base64,AAAA')).toBe('data:image/webp;base64,AAAA')
  for (const address of [
    'https://elsewhere.example/x.png',
    'javascript:alert(1)',
    'data:image/svg+xml;base64,AAAA',
    'data:text/html;base64,AAAA',
    '/app/pictures/x" onerror="alert(1)',
  ])
    expect(srcOf(address)).toBeUndefined()
})

test('whatever was written, the page has no other tags and attributes than with plain words', () => {
  const portals = JSON.parse(
    readFileSync(new URL('hostile-texts.json', import.meta.url), 'utf8'),
  ) as string[]
  const hostile = fc.oneof(
    fc.constantFrom(...portals),
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc
      .array(fc.constantFrom('<', '>', '"', "'", '&', '`', '=', '-->', ']]>', 'x', ' '), {
        minLength: 1,
      })
      .map((parts) => parts.join('')),
  )
  const told = (text: string) =>
    storyHtml(
      {
        ...wifi,
        walk: { ...walk, errand: text, persona: text, service: text },
        steps: steps.map((step) => (step.kind === 'dial' ? { ...step, number: text } : step)),
        debrief: { done: 'no', line: text, fixFirst: notes[3]?.id ?? null },
        notes: notes.map((note) => ({ ...note, words: text, expected: text })),
      },
      () => ({ address: text, width: text as unknown as number, height: 1 }),
    )
  const plain = tagsOf(told('plain words'))

  fc.assert(
    fc.property(hostile, (text) => {
      expect(tagsOf(told(text))).toEqual(plain)
    }),
  )
})

test('the longest walk is one page of words', () => {
  const long = longWalk(2_000)
  const words = 'word '.repeat(10_000)
  const html = storyHtml(
    {
      ...long,
      totals: wifi.totals,
      debrief: { done: 'partly', line: words, fixFirst: null },
      notes: long.notes.map((note) => ({ ...note, words })),
    },
    noPicture,
  )

  expect(html.match(/<li class="note">/g)).toHaveLength(5)
  expect(html.replace(/<svg[\s\S]*<\/svg>/, '').replace(STORY_STYLE, '').length).toBeLessThan(6_000)
})

test('a shift has customers and notes instead of a line', () => {
  const contact = { kind: 'contact', channel: 'desk', need: 'A new badge', tags: [], at: MORNING }
  const html = storyHtml(
    {
      ...wifi,
      walk: { ...walk, kind: 'shift', errand: null },
      steps: [1, 2].map((seq) => ({ ...contact, seq })) as unknown as Story<StoryNote>['steps'],
    },
    noPicture,
  )

  expect(html).toContain('<h1>A shift at the desk</h1>')
  expect(html).toContain('<dt>customers</dt><dd>2</dd>')
  expect(html).not.toContain('The walk as a line')
  expect(storyHtml(wifi, noPicture)).toContain('The walk as a line')
})
