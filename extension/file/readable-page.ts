import { toSpan } from '#shared/duration'
import { KIND_WORDS, type Note, WINCE_WORDS } from '#shared/note'
import type { Step } from '#shared/step'
import { stepWords } from '#shared/step-words'
import type { WalkPart } from '#shared/walk'

import { placeWords } from '../note/place-words'
import { countOf } from '../panel/time-words'
import { contactWords } from '../shift/contact-words'
import type { Payload } from '../sync/send'
import type { ExportFile, ExportedPicture } from './export-file'

type PathOf = (picture: Pick<ExportedPicture, 'sha256' | 'type'>) => string

/**
 * The same notes and walks as a page that any browser shows: no script, nothing loaded from
 * anywhere, every word escaped. Times are of the device that saved it.
 */
export function toReadablePage(file: ExportFile, pathOf: PathOf): string {
  const notes = file.payloads.flatMap((each) => (each.kind === 'note.add' ? [each.payload] : []))
  const walks = walksOf(file.payloads)
  const alone = notes.filter((note) => !walks.some(({ walk }) => walk.id === note.walkId))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<title>Notes kept by Wince</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Notes kept by Wince</h1>
<p>Saved ${moment(file.savedAt)}: ${countOf(notes.length, 'note')}, ${countOf(walks.length, 'walk')}. Saving sent nothing to anybody.</p>
${walks.map((walk) => walkHtml(walk, notes, pathOf)).join('\n')}
${alone.length === 0 ? '' : `<section><h2>Notes outside of a walk</h2>${alone.map((note) => noteHtml(note, pathOf)).join('\n')}</section>`}
${file.unfit.length === 0 ? '' : `<p>${file.unfit.length} more did not fit: their words are in wince.json.</p>`}
</body>
</html>
`
}

interface WholeWalk {
  walk: WalkPart['walk']
  totals: WalkPart['totals']
  debrief: WalkPart['debrief']
  steps: Step[]
}

/** Parts of a walk as one: the last one says how it ended. */
function walksOf(payloads: readonly Payload[]): WholeWalk[] {
  const walks = new Map<string, WholeWalk>()
  for (const each of payloads) {
    if (each.kind !== 'walk.part') continue
    const { walk, totals, debrief, steps } = each.payload
    const before = walks.get(walk.id)?.steps ?? []
    walks.set(walk.id, { walk, totals, debrief, steps: [...before, ...steps] })
  }
  return [...walks.values()]
}

function walkHtml(
  { walk, totals, debrief, steps }: WholeWalk,
  all: Note[],
  pathOf: PathOf,
): string {
  const rows = [
    ...steps.map((step) => ({ at: step.at, html: stepHtml(step) })),
    ...all
      .filter(({ walkId }) => walkId === walk.id)
      .map((note) => ({ at: note.at, html: noteHtml(note, pathOf) })),
  ].toSorted((one, other) => one.at - other.at)
  const about = [walk.persona, walk.service].filter((each) => each !== null)
  return `<section>
<h2>${walk.errand === null ? (walk.kind === 'shift' ? 'A desk shift' : 'A walk') : `“${escape(walk.errand)}”`}</h2>
<p>${escape([moment(walk.startedAt), ...about].join(' · '))}</p>
<p>${toSpan(totals.elapsedMs)} from start to end, ${toSpan(totals.waitingMs)} of it waiting. ${countOf(totals.pages, 'page')}, signed in ${totals.signIns}×, asked again ${totals.askedAgain}×, went back ${totals.backs}×.</p>
${debrief === null ? '' : `<p>${escape(debriefWords(debrief))}</p>`}
<ol>${rows.map(({ at, html }) => `<li>${walk.kind === 'shift' ? '' : `<time>${clock(at)}</time> `}${html}</li>`).join('\n')}</ol>
</section>`
}

function debriefWords({ done, effort, line }: NonNullable<WalkPart['debrief']>): string {
  return [
    done === null ? '' : `Got it done: ${done}.`,
    effort === null ? '' : `Effort ${effort} of 7.`,
    line === null ? '' : `“${line}”`,
  ].join(' ')
}

function stepHtml(step: Step): string {
  if (step.kind === 'contact') return escape(contactWords(step))
  const { before, thing, after } = stepWords(step)
  return `${escape(before)}<b>${escape(thing)}</b>${escape(after)}`
}

function noteHtml(note: Note, pathOf: PathOf): string {
  const marks = [
    note.mood === 'liked' ? 'Liked' : 'Embarrassing',
    ...(note.kind === null ? [] : [KIND_WORDS[note.kind]]),
    ...(note.wince === null ? [] : [`wince ${note.wince}, ${WINCE_WORDS[note.wince]}`]),
    ...(note.owed == null ? [] : [`an answer is owed: ${note.owed.reference || 'no reference'}`]),
  ]
  const pictures = note.attachments.map(
    (each) =>
      `<img src="${escape(pathOf(each))}" width="${each.width}" height="${each.height}" alt="Masked picture">`,
  )
  return `<article>
<p>${note.words === '' ? '<i>A moment without words</i>' : escape(note.words)}</p>
${note.expected ? `<p>Expected: ${escape(note.expected)}</p>` : ''}
<p class="meta">${escape([...marks, placeWords(note.place)].join(' · '))}</p>
${pictures.join('\n')}
</article>`
}

/** Nothing that comes from a page or a person is read as HTML. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function moment(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

function clock(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(at)
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.45 system-ui, sans-serif; }
html { background: light-dark(#fff, #121714); color: light-dark(#121714, #eef2ef); }
body { max-inline-size: 46rem; margin: 2rem auto; padding-inline: 1rem; }
ol { list-style: none; padding: 0; }
li { margin-block: .4rem; }
time, .meta { color: light-dark(#4a5650, #a9b5ae); font-size: .875rem; }
article { border: 1px solid light-dark(#c9d2cc, #3a443f); border-radius: .75rem; padding: .25rem 1rem; margin-block: .5rem; }
p { white-space: pre-line; overflow-wrap: anywhere; }
img { max-inline-size: 100%; block-size: auto; }
`
