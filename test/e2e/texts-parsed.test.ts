import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { publicFeedXml, publicPageHtml } from '#shared/public-page'
import type { Step } from '#shared/step'
import { storyHtml } from '#shared/story'
import { toStorableText } from '#shared/text'
import type { Note } from '#shared/note'

import { toReadablePage } from '../../extension/file/readable-page'
import { calendarOf } from '../../worker/plan/calendar'
import hostileTexts from '../shared/hostile-texts.json'
import { type LaunchedChromium, launchChromium } from '../support/chromium'
import { MORNING, newNote, newPart, newWalk, NO_TOTALS } from '../support/ops'

/** What a real parser makes of texts that chance wrote: the same elements and attributes as of a plain word. */

let browser: LaunchedChromium
let page: Page

beforeAll(async () => {
  browser = await launchChromium({ extension: false, headed: false })
  page = await browser.context.newPage()
})

afterAll(() => browser?.close())

const PIECES = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '`',
  '/',
  '=',
  ' ',
  ';',
  '#',
  '\t',
  '\n',
  '\r',
  'x',
  '-->',
  '<!--',
  ']]>',
  '<![CDATA[',
  '</title>',
  '</style>',
  '<script>',
  'onload=',
  'javascript:',
  '&lt;',
  '&#60;',
  '&amp',
  '<p',
  '</',
  '<?xml',
  '<!DOCTYPE',
  'END:VEVENT',
  'ATTENDEE:',
  '\u0001',
  '\uFFFE',
  '\u2028',
  '\u202e',
] as const
const text = fc
  .oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(...hostileTexts),
  )
  .map((each) => `x${toStorableText(each)}x`)
const texts = (count: number) => fc.sample(text, count)

const RUNS = 1_500
const PLAIN = 'x'

interface Parsed {
  /** Each element with the names of its attributes. */
  shape: string
  text: string
}

/** Documents as a browser reads them, a hundred at a time. */
async function parse(
  documents: readonly string[],
  type: 'text/html' | 'application/xml',
): Promise<Parsed[]> {
  const parsed: Parsed[] = []
  for (let from = 0; from < documents.length; from += 100)
    parsed.push(
      // oxlint-disable-next-line no-await-in-loop -- as much as fits a message
      ...(await page.evaluate(
        ([some, as]) =>
          some.map((source) => {
            const read = new DOMParser().parseFromString(source, as)
            const all = [...read.querySelectorAll('*')]
            const shape = all.map(({ localName, attributes }) =>
              [localName, ...[...attributes].map(({ name }) => name)].join(' '),
            )
            return { shape: shape.join('>'), text: read.documentElement.textContent ?? '' }
          }),
        [documents.slice(from, from + 100), type] as const,
      )),
    )
  return parsed
}

/** As a parser of HTML keeps it. */
const inHtml = (each: string) => each.replace(/\r\n?/g, '\n')
/** What a document cannot hold goes before it is written. @see XML 1.0 §2.2 */
const inXml = (each: string) =>
  // oxlint-disable-next-line no-control-regex -- it is about them
  inHtml(each.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ''))

/** Breaks between paragraphs are ours. */
const oneLine = (each: string) => each.replace(/[\r\n]/g, ' ')

const itemOf = (said: string) => ({
  id: 'one',
  kind: 'changed' as const,
  youSaid: said,
  words: oneLine(said),
  at: 0,
})
const pageOf = (said: string) =>
  publicPageHtml({ organisation: said, address: '/p', items: [itemOf(said)], older: `?${said}` })
const feedOf = (said: string) =>
  publicFeedXml({ organisation: said, address: '/p', items: [itemOf(said)] })

const noteOf = (said: string): Note =>
  newNote({ words: said, firstWords: said, expected: said, kind: 'jargon', service: said })
const walkOf = (said: string) =>
  newWalk({ errand: said, persona: said, service: said, state: 'done', endedAt: MORNING + 60_000 })
const stepsOf = (said: string): Step[] => [
  {
    kind: 'page',
    seq: 1,
    at: MORNING,
    origin: 'https://help.example.org',
    route: '/',
    title: said,
  },
  { kind: 'click', seq: 2, at: MORNING, role: 'button', name: said },
  { kind: 'dial', seq: 3, at: MORNING, number: said, why: said },
  { kind: 'heard', seq: 4, at: MORNING, words: said },
]
const debriefOf = (said: string) => ({ done: null, effort: null, line: said, fixFirst: null })
const storyOf = (said: string) =>
  storyHtml(
    {
      walk: walkOf(said),
      steps: stepsOf(said),
      totals: NO_TOTALS,
      debrief: debriefOf(said),
      notes: [noteOf(said)],
    },
    () => undefined,
  )
const readableOf = (said: string) => {
  const walk = walkOf(said)
  const payloads = [
    {
      kind: 'walk.part' as const,
      payload: newPart({ walk, steps: stepsOf(said), debrief: debriefOf(said) }),
    },
    { kind: 'note.add' as const, payload: { ...noteOf(said), walkId: walk.id } },
  ]
  return toReadablePage(
    { payloads, unfit: [], savedAt: MORNING } as unknown as Parameters<typeof toReadablePage>[0],
    () => 'x.png',
  )
}

test.each([
  ['the public page', 'text/html', pageOf, inHtml],
  ['the feed', 'application/xml', feedOf, inXml],
  ['the story of a walk', 'text/html', storyOf, inHtml],
  ['the page in a saved file', 'text/html', readableOf, inHtml],
] as const)(
  '%s has the same shape whatever a text says, and says it',
  async (_name, type, write, kept) => {
    const written = texts(RUNS)
    const [plain] = await parse([write(PLAIN)], type)
    const parsed = await parse(written.map(write), type)
    for (const [index, { shape, text: shown }] of parsed.entries()) {
      const said = written[index] ?? ''
      expect(shape, JSON.stringify(said)).toBe(plain?.shape)
      expect(shown).toContain(kept(said))
    }
  },
  240_000,
)

test('a line of the calendar is one event whatever a text says', () => {
  const lineOf = (said: string) => ({
    id: 'one',
    personId: 'p',
    kind: 'errand' as const,
    due: '2026-12-05',
    what: said,
    service: said,
    personName: said,
  })
  const around = { origin: 'https://wince.example', name: 'Walks', now: MORNING }
  const namesIn = (calendar: string) =>
    calendar
      .replaceAll('\r\n ', '')
      .split(/\r\n|\r|\n/)
      .map((line) => line.split(/[:;]/, 1)[0])
  const plain = namesIn(calendarOf([lineOf(PLAIN)], around))
  for (const said of texts(3 * RUNS)) {
    expect(namesIn(calendarOf([lineOf(said)], around)), JSON.stringify(said)).toEqual(plain)
  }
})
