import { useModel, useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect, useRef } from 'preact/hooks'

import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { useKeys } from '../parts/use-keys'
import { ChosenModel, type ChosenEntry } from './chosen'
import type { Dialog, RegisterDeps } from './deps'
import { Dialogs } from './Dialogs'
import { Groups } from './Groups'
import type { JudgeField } from './JudgeSheet'
import { RegisterFilters } from './RegisterFilters'
import { RegisterHead } from './RegisterHead'
import { RegisterModel } from './register'
import { Rows } from './Rows'
import { SavedViewsModel, viewOf } from './saved-views'
import { ShownAsLinks } from './ShownAsLinks'
import { addressOfView, viewFromAddress, viewFromQuery, withAsked, type View } from './view'
import { ViewTabs } from './ViewTabs'

export function RegisterPage({ api, newId, now, mayChange }: RegisterDeps) {
  const { query, route } = useLocation()
  const address = addressOfView(viewFromQuery(query))
  const view = viewFromAddress(address)
  const register = useModel(() => new RegisterModel(api))
  const refreshed = useSignal(0)
  const again = useRef(() => {})
  const chosen = useModel(() => new ChosenModel({ api, newId, onChanged: () => again.current() }))
  const saved = useModel(() => new SavedViewsModel({ api, newId, chosen }))
  const isBare = useRef(address === '/register')
  const dialog = useSignal<Dialog | null>(null)
  const showsWhy = useSignal(false)
  again.current = () => {
    refreshed.value += 1
    void register.show(address)
    void saved.countTabs()
  }

  useEffect(() => {
    void saved.countTabs()
    void saved.find()
  }, [saved])
  useEffect(() => {
    void register.show(address)
    // Another list begins with nothing chosen; another page of this one does not.
  }, [register, address])
  const isKnown = saved.isKnown.value
  useEffect(() => {
    // Whoever asks for the register and no more gets their own first view, once.
    const preset = saved.views.peek().find(({ id }) => id === saved.defaultId.peek())
    if (isKnown && isBare.current && preset) route(addressOfView(viewOf(preset)), true)
    if (isKnown) isBare.current = false
  }, [isKnown, saved, route])

  const state = register.state.value
  const page = state.status === 'ready' ? state.value.page : undefined
  if (page) chosen.update(page.entries)
  const go = (asked: View) => route(addressOfView(withAsked(view, asked)))
  const known = () => [...(page?.entries ?? []), ...register.cards.peek()]
  const focused = () => entryUnderFocus(known())
  const judge = (field: JudgeField) => {
    const many = [...chosen.chosen.peek().values()]
    const one = focused()
    const entries = many.length > 0 ? many : one ? [one] : []
    if (mayChange && entries.length > 0) dialog.value = { what: 'judge', field, entries }
  }
  useKeys({
    '/': () => document.querySelector<HTMLInputElement>('#find')?.select(),
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    x: () => {
      const entry = focused()
      if (entry) chosen.toggle(entry)
    },
    i: () => judge('impact'),
    e: () => judge('effort'),
    o: () => judge('owner'),
    n: () => {
      if (mayChange) dialog.value = { what: 'new' }
    },
    '?': () => (dialog.value = { what: 'keys' }),
  })
  const acting = chosen.acting.value

  return (
    <Page title={view.mood === 'liked' ? 'Keep' : 'Register'} class="register">
      <RegisterHead
        view={view}
        counted={page?.counted ?? null}
        openNew={mayChange ? () => (dialog.value = { what: 'new' }) : null}
      />
      <ViewTabs view={view} saved={saved} />
      <RegisterFilters view={view} services={page?.services ?? []} go={go}>
        {view.mood !== 'liked' && <ShownAsLinks view={view} />}
      </RegisterFilters>
      {view.as && view.mood !== 'liked' ? (
        <Groups
          api={api}
          address={address}
          view={view}
          refreshed={refreshed.value}
          register={register}
          chosen={chosen}
          mayChange={mayChange}
          open={(what) => (dialog.value = what)}
        />
      ) : (
        <Rows
          state={state}
          now={now}
          chosen={chosen}
          mayChange={mayChange}
          showsWhy={showsWhy}
          open={(what) => (dialog.value = what)}
          retry={() => void register.show(address)}
        />
      )}
      <Dialogs
        dialog={dialog.value}
        api={api}
        newId={newId}
        chosen={chosen}
        services={page?.services ?? []}
        onOpened={({ number }) => route(`/register/${number}`)}
        onClose={() => (dialog.value = null)}
      />
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

/** The entry whose title, box or card has the focus. */
function entryUnderFocus(entries: readonly ChosenEntry[]): ChosenEntry | undefined {
  const around = document.activeElement?.closest('tr, .card')
  const number = Number(around?.querySelector<HTMLElement>('[data-number]')?.dataset['number'])
  return entries.find((entry) => entry.number === number)
}

/** Moves the focus to the entry after or before the one that has it. */
function moveFocus(step: 1 | -1): void {
  const titles = [...document.querySelectorAll<HTMLAnchorElement>('.register [data-number]')]
  const around = document.activeElement?.closest('tr, .card')
  const index = titles.findIndex((title) => around?.contains(title))
  titles[index === -1 ? 0 : index + step]?.focus()
}
