import { useEffect, useRef } from 'preact/hooks'

import type { TriageNote, TriageShow } from '#shared/api/triage'

import { Icon } from '../parts/Icon'
import { toLongDay } from '../words'
import type { ListedNotes } from './note-list'
import { NoteRow } from './NoteRow'
import { SHOW_WORDS } from './triage-words'
import type { Triage } from './triage'
import { type Outing, toOutings } from './waiting-notes'

interface NoteListPaneProps {
  triage: Triage
  listed: ListedNotes
  mayDecide: boolean
}

/** What waits, by the outing it comes from. */
export function NoteListPane({ triage, listed, mayDecide }: NoteListPaneProps) {
  const { list, bulk, decisions } = triage
  const pane = useRef<HTMLElement>(null)
  const readId = list.chosen.value?.id ?? null
  const chosen = new Set(bulk.selection.value.ids)
  useFocusOnRead(pane, readId)
  const outings = toOutings(listed.notes, toLongDay)
  return (
    <section class="inbox" aria-label="New notes" ref={pane}>
      <Views counts={listed.counts} shown={listed.show} />
      {mayDecide && <ChooseAll triage={triage} listed={listed} />}
      {outings.map((outing, index) => (
        <section key={outing.key} aria-label={headOf(outing.notes)}>
          <h2>
            {headOf(outing.notes)}
            {(listed.next === null || index < outings.length - 1) && (
              <span>{outing.notes.length}</span>
            )}
          </h2>
          <Rows outing={outing}>
            {(note) => (
              <NoteRow
                key={note.id}
                note={note}
                isRead={note.id === readId}
                isChosen={mayDecide ? chosen.has(note.id) : null}
                problem={decisions.problems.value.get(note.id)}
                read={() => list.choose(note.id)}
                choose={() => bulk.toggle(note.id)}
                chooseUpTo={() => bulk.extendTo(note.id)}
              />
            )}
          </Rows>
        </section>
      ))}
      {listed.next !== null && <More triage={triage} />}
    </section>
  )
}

function Rows({ outing, children }: { outing: Outing; children: (note: TriageNote) => unknown }) {
  return <ol>{outing.notes.map((note) => children(note) as never)}</ol>
}

/** The focus goes along with what is read, once it is in the list or its note has left. */
function useFocusOnRead(pane: { current: HTMLElement | null }, readId: string | null): void {
  const before = useRef<string | null>(null)
  useEffect(() => {
    const row = pane.current?.querySelector<HTMLElement>(`[data-note="${readId ?? ''}"]`)
    const focused = document.activeElement
    const isLost = focused === document.body || focused === null
    const isInList = focused instanceof HTMLElement && focused.matches('[data-note]')
    if (before.current !== null && (isLost || isInList)) row?.focus({ preventScroll: true })
    row?.closest('li')?.scrollIntoView({ block: 'nearest' })
    before.current = readId
  }, [pane, readId])
}

function Views({ counts, shown }: { counts: ListedNotes['counts']; shown: TriageShow }) {
  return (
    <nav class="views" aria-label="Views">
      {(['all', 'sure', 'asked'] as const).map((show) => (
        <a
          key={show}
          href={addressOfShow(show)}
          {...(show === shown && { 'aria-current': 'page' as const })}
        >
          {SHOW_WORDS[show]} <span class="num">{counts[show]}</span>
        </a>
      ))}
    </nav>
  )
}

export function addressOfShow(show: TriageShow): string {
  return show === 'all' ? '/triage' : `/triage?show=${show}`
}

function ChooseAll({ triage: { bulk }, listed }: { triage: Triage; listed: ListedNotes }) {
  const { ids } = bulk.selection.value
  const problem = bulk.problem.value
  const all = listed.counts[listed.show]
  return (
    <div class="choose-all">
      {ids.length === 0 ? (
        <button
          class="btn quiet small"
          type="button"
          onClick={() => void bulk.chooseAll(listed.show)}
        >
          <Icon name="check" small />{' '}
          {all === 1 ? 'Choose the one note' : `Choose all ${all} notes`}
        </button>
      ) : (
        <button class="btn quiet small" type="button" onClick={bulk.clear}>
          <Icon name="close" small /> Let {ids.length === 1 ? 'it' : `all ${ids.length}`} go
        </button>
      )}
      {problem !== '' && (
        <p class="meta" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

function More({ triage: { list } }: { triage: Triage }) {
  const more = list.more.value
  return (
    <p class="more">
      <button
        class="btn small"
        type="button"
        disabled={more === 'loading'}
        aria-busy={more === 'loading'}
        onClick={() => void list.showMore()}
      >
        {more === 'loading' ? 'Loading…' : 'Show more notes'}
      </button>
      {more === 'failed' && <span class="meta run"> We could not load more. Nothing is lost.</span>}
    </p>
  )
}

const OUTING_WORDS = {
  walk: 'Walk',
  shift: 'Shift',
  told: 'Told',
  elsewhere: 'From elsewhere',
} as const

/** `Walk, 19 November, Wi-Fi`. */
function headOf([first]: readonly TriageNote[]): string {
  if (first === undefined) return ''
  const parts = [OUTING_WORDS[first.source], toLongDay(first.at), first.walk && first.service]
  return parts.filter(Boolean).join(', ')
}
