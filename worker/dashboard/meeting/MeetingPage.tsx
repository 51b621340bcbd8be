import { useModel, useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect, useRef } from 'preact/hooks'

import type { EntryPage } from '#shared/api/entry-list'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { useKeys } from '../parts/use-keys'
import { ChosenModel } from '../register/chosen'
import { JudgeSheet, type JudgeField } from '../register/JudgeSheet'
import { KeysSheet } from '../register/KeysSheet'
import type { RegisterDeps } from '../register/deps'
import { addressOfView } from '../register/view'
import { AGENDA, AgendaModel, addressOf, entryAt, placeOf, step, type Place } from './agenda'
import { MeetingEntry } from './MeetingEntry'

/** The register as a meeting goes through it: one entry at a time, by keyboard, until nothing is left. */
export function MeetingPage({ api, newId, now, mayChange }: RegisterDeps) {
  const agenda = useModel(() => new AgendaModel(api))
  const chosen = useModel(
    () => new ChosenModel({ api, newId, onChanged: () => void agenda.find() }),
  )
  useEffect(() => void agenda.find(), [agenda])
  const state = agenda.pages.value
  const acting = chosen.acting.value
  return (
    <Page title="Review meeting" class="register meeting">
      <header class="head">
        <h1>Review meeting</h1>
        <p class="soft">What is stuck, late or nobody’s, one after the other.</p>
      </header>
      {state.status === 'ready' ? (
        <Agenda api={api} chosen={chosen} pages={state.value} now={now} mayChange={mayChange} />
      ) : state.status === 'loading' ? (
        <Loading />
      ) : (
        <Trouble retry={() => void agenda.find()} />
      )}
      {(acting.status === 'done' || acting.status === 'failed') && (
        <Toast
          sentence={acting.sentence}
          {...(acting.status === 'done' &&
            acting.undo && { act: 'Undo', onAct: () => void acting.undo?.() })}
          onGone={chosen.dismiss}
        />
      )}
    </Page>
  )
}

interface AgendaProps extends Pick<RegisterDeps, 'api' | 'now' | 'mayChange'> {
  chosen: InstanceType<typeof ChosenModel>
  pages: readonly EntryPage[]
}

function Agenda({ api, chosen, pages, now, mayChange }: AgendaProps) {
  const { query, route } = useLocation()
  const place = placeOf(pages, query)
  const entry = entryAt(pages, place)
  const judging = useSignal<JudgeField | null>(null)
  const helps = useSignal(false)
  const title = useRef<HTMLAnchorElement>(null)
  const goTo = (next: Place) => route(addressOf(pages, next), true)
  const judge = (field: JudgeField) => {
    if (mayChange && entry) judging.value = field
  }
  useKeys({
    j: () => goTo(step(pages, place, 1)),
    k: () => goTo(step(pages, place, -1)),
    i: () => judge('impact'),
    e: () => judge('effort'),
    o: () => judge('owner'),
    '?': () => (helps.value = true),
  })
  const number = entry?.number
  useEffect(() => {
    // Enter opens what is on screen.
    title.current?.focus({ preventScroll: true })
  }, [number])
  const item = AGENDA[place.item]
  const page = pages[place.item]
  return (
    <div class="agenda">
      <nav aria-label="What to go through">
        <ol>
          {AGENDA.map((each, index) => (
            <li key={each.id}>
              <a
                href={addressOf(pages, { item: index, entry: 0 })}
                {...(index === place.item && { 'aria-current': 'step' as const })}
              >
                {each.words} <span class="num">{totalOf(pages[index])}</span>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <section class="wrapper" aria-label={item?.words ?? ''}>
        <p class="meta">{item?.why}</p>
        {entry ? (
          <MeetingEntry entry={entry} now={now} title={title} judge={mayChange ? judge : null} />
        ) : (
          <p class="none">Nothing here. Go on with the next.</p>
        )}
        <div class="wrap">
          <button class="btn" type="button" onClick={() => goTo(step(pages, place, -1))}>
            <Icon name="back" small /> Before <span class="key">K</span>
          </button>
          <button class="btn primary" type="button" onClick={() => goTo(step(pages, place, 1))}>
            Next <span class="key">J</span>
          </button>
          <span class="meta num">{entry && page && `${place.entry + 1} of ${totalOf(page)}`}</span>
          {item && (
            <a class="btn quiet" href={addressOfView(item.query)}>
              All as a table
            </a>
          )}
          <button class="btn quiet" type="button" onClick={() => (helps.value = true)}>
            <span class="key">?</span> Keys
          </button>
        </div>
      </section>
      {judging.value !== null && entry && (
        <JudgeSheet
          api={api}
          entries={[entry]}
          first={judging.value}
          chosen={chosen}
          onClose={() => (judging.value = null)}
        />
      )}
      {helps.value && <KeysSheet onClose={() => (helps.value = false)} />}
    </div>
  )
}

function totalOf(page: EntryPage | undefined): string {
  const counted = page?.counted
  if (!counted) return ''
  return counted.isMore ? `${counted.total}+` : String(counted.total)
}
