import type { EntryPage } from '#shared/api/entry-list'

import { Icon } from '../parts/Icon'
import { exportAddress, totalInWords, type View } from './view'

interface RegisterHeadProps {
  view: View
  counted: EntryPage['counted']
  /** Null for whoever only reads. */
  openNew: (() => void) | null
}

export function RegisterHead({ view, counted, openNew }: RegisterHeadProps) {
  return (
    <header class="head">
      <h1>{view.mood === 'liked' ? 'Keep' : 'Register'}</h1>
      <output class="soft">{counted && totalInWords(view, counted)}</output>
      <span class="grow" />
      <a class="btn quiet" href="/meeting">
        <Icon name="people" small /> Review meeting
      </a>
      <a class="btn quiet" href={exportAddress(view)} download="wince-register.csv">
        <Icon name="download" small /> Export{counted && !counted.isMore && ` ${counted.total}`}
      </a>
      {openNew && (
        <a class="btn quiet" href="/register/import">
          <Icon name="upload" small /> Import
        </a>
      )}
      {openNew && (
        <button class="btn primary" type="button" onClick={openNew}>
          <Icon name="plus" small /> New entry <span class="key">N</span>
        </button>
      )}
    </header>
  )
}
