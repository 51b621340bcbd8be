import { toClock } from '#shared/duration'
import { escapeHtml } from '#shared/html'
import { KIND_WORDS, type Note, WINCE_WORDS } from '#shared/note'
import { lastKnownAt, playbackOf } from '#shared/playback'
import type { Step } from '#shared/step'
import { ICONS } from '#shared/style/icons'
import { STORY_STYLE } from '#shared/story-style'
import { storyTrace } from '#shared/story-trace'
import type { Debrief, Totals, Walk } from '#shared/walk'

/** A picture where it is looked up: `/app/pictures/…`, or all of it as a `data:` address. */
export interface StoryPicture {
  address: string
  width: number
  height: number
}

/** What of a note is told. */
export type StoryNote = Pick<Note, 'id' | 'at' | 'mood' | 'kind' | 'wince' | 'words' | 'expected'>

/** A walk with all that its story is made of. Nobody's name is in it. */
export interface Story<N extends StoryNote> {
  walk: Pick<
    Walk,
    'kind' | 'errand' | 'persona' | 'service' | 'firstTime' | 'startedAt' | 'endedAt'
  >
  steps: readonly Step[]
  totals: Totals
  debrief: Pick<Debrief, 'done' | 'line' | 'fixFirst'> | null
  notes: readonly N[]
}

const WINCES_TOLD = 5
/** Longer words are cut: it is one page. */
const WORDS_TOLD = 320

/** The notes that are told: the worst winces in the order they happened, and one that was liked. */
export function notesTold<N extends StoryNote>(notes: readonly N[]): N[] {
  const worst = notes
    .filter(({ mood, wince }) => mood === 'embarrassed' && wince !== 0)
    .toSorted((one, other) => (other.wince ?? 0) - (one.wince ?? 0) || one.at - other.at)
    .slice(0, WINCES_TOLD)
    .toSorted((one, other) => one.at - other.at)
  const liked = notes.find(({ mood, words }) => mood === 'liked' && words !== '')
  return liked === undefined ? worst : [...worst, liked]
}

/**
 * A walk as one page for a meeting: no script, nothing loaded but its pictures, every text
 * escaped, no name.
 *
 * @param pictureOf the picture of a note that is told, where there is one
 */
export function storyHtml<N extends StoryNote>(
  story: Story<N>,
  pictureOf: (note: N) => StoryPicture | undefined,
): string {
  const { walk, steps, debrief, notes } = story
  const play = playbackOf(walk, steps, notes, lastKnownAt(walk, steps, notes))
  const title = walk.errand ?? (walk.kind === 'shift' ? 'A shift at the desk' : 'A walk')
  const told = notesTold(notes)
  const first = notes.find(({ id }) => id === debrief?.fixFirst)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STORY_STYLE}</style>
</head>
<body>
<header>
<h1>${walk.errand === null ? escapeHtml(title) : `“${escapeHtml(title)}”`}</h1>
<p class="soft">${escapeHtml(aboutOf(walk))}</p>
<p class="went">${escapeHtml(wentOf(story))}</p>
</header>
<dl class="figures">${figuresOf(story)
    .map(([name, figure]) => `<div><dt>${name}</dt><dd>${figure}</dd></div>`)
    .join('')}</dl>
${walk.kind === 'shift' ? '' : storyTrace(play)}
<ol>${told.map((note) => noteHtml(note, pictureOf(note))).join('\n')}</ol>
${first === undefined || first.words === '' ? '' : `<p class="first"><b>Fix this first:</b> ${escapeHtml(cut(first.words))}</p>`}
${debrief?.line ? `<p>“${escapeHtml(cut(debrief.line))}”</p>` : ''}
<footer>Walked with Wince, ${monthOf(walk.startedAt)}.${walk.kind === 'shift' ? '' : ' Hatched: waiting. Up: winces. Down: liked.'}</footer>
</body>
</html>
`
}

function aboutOf({ persona, firstTime, service }: Story<StoryNote>['walk']): string {
  return [
    persona === null ? null : `As ${persona}`,
    firstTime === null ? null : firstTime ? 'first time here' : 'been here before',
    service,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

const WENT = { yes: 'Got it done', partly: 'Partly done', no: 'Not done' } as const

function wentOf({ walk, totals, debrief }: Story<StoryNote>): string {
  if (walk.kind === 'shift') return ''
  const done = debrief?.done ?? null
  return `${done === null ? 'So far' : WENT[done]} after ${toClock(totals.elapsedMs)}`
}

/** The names are ours, the figures digits. */
function figuresOf({ walk, steps, totals, notes }: Story<StoryNote>): [string, string][] {
  const winces = notes.filter(({ wince }) => (wince ?? 0) >= 2).length
  if (walk.kind === 'shift') {
    const contacts = steps.filter(({ kind }) => kind === 'contact').length
    return [
      ['customers', String(contacts)],
      ['notes', String(notes.length)],
      ['winces of 2 or 3', String(winces)],
    ]
  }
  return [
    ['start to end', toClock(totals.elapsedMs)],
    ['of it waiting', toClock(totals.waitingMs)],
    ['signed in', `${totals.signIns}×`],
    ['asked again', `${totals.askedAgain}×`],
    totals.keys > 0
      ? ['keys to a person', totals.keysToHuman === null ? 'never' : String(totals.keysToHuman)]
      : ['pages', String(totals.pages)],
    ['winces of 2 or 3', String(winces)],
  ]
}

function noteHtml(note: StoryNote, picture: StoryPicture | undefined): string {
  const { mood, wince, words, kind, expected } = note
  const tile =
    mood === 'liked'
      ? `<span class="tile liked"><svg viewBox="0 0 20 20" role="img" aria-label="Liked"><path d="${ICONS.eyes}"/></svg></span>`
      : `<span class="tile t${wince ?? 0}">${wince ?? '–'}</span>`
  const about = [
    mood === 'liked' ? 'Liked' : null,
    kind === null ? null : KIND_WORDS[kind],
    wince === null ? null : WINCE_WORDS[wince],
    expected
      ? `${kind === 'jargon' ? 'a customer would call it' : 'expected'}: ${cut(expected)}`
      : null,
  ].filter((part) => part !== null)
  return `<li class="note">${tile}<div>
<blockquote>${words === '' ? 'A moment without words' : escapeHtml(cut(words))}</blockquote>
<p class="soft">${escapeHtml(about.join(' · '))}</p></div>${picture === undefined ? '' : pictureHtml(picture)}</li>`
}

const OUR_ADDRESS =
  /^(?:\/app\/pictures\/[0-9a-f]{64}|data:image\/(?:png|webp|jpeg);base64,[A-Za-z0-9+/]+={0,2})$/

function pictureHtml({ address, width, height }: StoryPicture): string {
  if (!OUR_ADDRESS.test(address)) return ''
  return `<figure><img src="${address}" width="${Math.round(width)}" height="${Math.round(height)}" alt="What it looked like, covered"></figure>`
}

function cut(words: string): string {
  const letters = [...words]
  return letters.length <= WORDS_TOLD
    ? words
    : `${letters.slice(0, WORDS_TOLD).join('').trimEnd()}…`
}

/** A month and no day, which could say who it was. */
function monthOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at)
}
