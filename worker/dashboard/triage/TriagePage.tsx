import { useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'

import { isTriageShow } from './triage-words'

import type { Command } from '../palette/Palette'
import { usePaletteKey } from '../palette/use-palette-key'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Trouble } from '../parts/Trouble'
import { useKeys } from '../parts/use-keys'
import { count } from '../words'
import { triageCommands } from './commands'
import { Dialogs } from './Dialogs'
import { Footer } from './Footer'
import type { ListedNotes } from './note-list'
import { addressOfShow, NoteListPane } from './NoteListPane'
import { ReadPane } from './ReadPane'
import { SidePane } from './SidePane'
import type { Triage } from './triage'

interface TriagePageProps {
  triage: Triage
  /** The role may decide; others read. */
  mayDecide: boolean
  goTo: readonly Command[]
}

export function TriagePage({ triage, mayDecide, goTo }: TriagePageProps) {
  const { query, route } = useLocation()
  const show = isTriageShow(query['show']) ? query['show'] : 'all'
  useEffect(() => void triage.show(show), [triage, show])
  const commands = triageCommands(triage, mayDecide)
  useKeys(
    Object.fromEntries(
      commands.flatMap(({ key, act }) => (key === undefined ? [] : [[key, act] as const])),
    ),
  )
  usePaletteKey(() => triage.openAbout('palette'))

  const state = triage.list.state.value
  return (
    <Page title="Triage" class="triage">
      {state.status === 'ready' ? (
        <Shown triage={triage} listed={state.value} mayDecide={mayDecide} />
      ) : (
        <>
          <header class="head">
            <h1>Triage</h1>
          </header>
          <div class="sorted">
            {state.status === 'loading' ? (
              <Loading />
            ) : (
              <Trouble retry={() => void triage.show(show)} />
            )}
          </div>
        </>
      )}
      <Footer triage={triage} mayDecide={mayDecide} />
      <Dialogs
        triage={triage}
        mayDecide={mayDecide}
        commands={[...commands, ...goTo]}
        openEntry={(number) => route(`/register/${number}`)}
      />
    </Page>
  )
}

interface ShownProps {
  triage: Triage
  listed: ListedNotes
  mayDecide: boolean
}

function Shown({ triage, listed, mayDecide }: ShownProps) {
  const note = triage.list.chosen.value
  return (
    <>
      <header class="head">
        <h1>Triage</h1>
        <p class="soft">{waitingInWords(listed)}</p>
        <span class="grow" />
        {mayDecide && listed.counts.sure > 0 && (
          <button class="btn quiet" type="button" onClick={() => void acceptSure(triage)}>
            <Icon name="check" />{' '}
            {listed.counts.sure === 1
              ? 'Accept the sure one'
              : `Accept the ${listed.counts.sure} sure ones`}
          </button>
        )}
        <button
          class="btn quiet icon"
          type="button"
          aria-label="All keys"
          onClick={() => triage.openAbout('keys')}
        >
          <Icon name="info" />
        </button>
      </header>
      {note === null ? (
        <Sorted triage={triage} listed={listed} />
      ) : (
        <div class="panes">
          <NoteListPane triage={triage} listed={listed} mayDecide={mayDecide} />
          <ReadPane
            key={note.id}
            note={note}
            onService={mayDecide ? () => triage.openAbout('service') : null}
          />
          <SidePane triage={triage} note={note} mayDecide={mayDecide} />
        </div>
      )}
    </>
  )
}

async function acceptSure({ bulk, openBulk }: Triage): Promise<void> {
  if (await bulk.chooseAll('sure')) openBulk('bulk-accept')
}

/** Nothing is left, here or at all. */
function Sorted({
  triage: { list },
  listed: { counts, show, next },
}: {
  triage: Triage
  listed: ListedNotes
}) {
  if (next !== null) {
    return (
      <div class="sorted">
        {list.more.value === 'failed' ? (
          <Trouble retry={() => void list.showMore()} />
        ) : (
          <Loading />
        )}
      </div>
    )
  }
  return (
    <div class="sorted">
      {counts.all === 0 ? (
        <>
          <p>Nothing to sort. The next walk fills this page.</p>
          <p>
            <a class="btn" href="/register">
              <Icon name="register" /> Open the register
            </a>
          </p>
        </>
      ) : (
        <>
          <p>
            {show === 'sure'
              ? 'Nothing here that Wince is sure about.'
              : show === 'asked'
                ? 'Wince asks nothing right now.'
                : 'What waits has just been decided about.'}{' '}
            {count(counts.all, 'note waits', 'notes wait')} in all.
          </p>
          <p>
            <a class="btn" href={addressOfShow('all')}>
              Show all
            </a>
          </p>
        </>
      )}
    </div>
  )
}

/** `12 notes from 2 walks and 1 shift`; without where from while not all are listed. */
function waitingInWords({ notes, next, counts }: ListedNotes): string {
  const all = count(counts.all, 'note')
  if (next !== null || notes.length !== counts.all) return `${all} to sort`
  const outings = (source: 'walk' | 'shift') =>
    new Set(notes.flatMap((note) => (note.source === source && note.walk ? [note.walk.id] : [])))
      .size
  const parts = [
    [outings('walk'), 'walk'],
    [outings('shift'), 'shift'],
  ] as const
  const from = parts.flatMap(([number, what]) => (number > 0 ? [count(number, what)] : []))
  return from.length === 0 ? `${all} to sort` : `${all} from ${from.join(' and ')}`
}
