import { useEffect, useRef } from 'preact/hooks'

import type { EntryDetail } from '#shared/api/entry'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { count } from '../words'
import type { Entry } from './entry'

export function EntryTitle({
  detail,
  entry,
  mayChange,
}: {
  detail: EntryDetail
  entry: Entry
  mayChange: boolean
}) {
  const { entry: row, mergedFrom } = detail
  const title = entry.renaming.value
  return (
    <>
      <header class="title">
        {title === null ? (
          <div>
            <h1>
              <span class="number">#{row.number}</span> {row.title}
            </h1>
            <p>
              {row.mood === 'liked' ? 'To keep. ' : ''}Noted by {count(row.leaders, 'leader')} in{' '}
              {count(row.notes, 'note')}.
              {row.titleConfirmed
                ? ''
                : ' The title is the first note’s own words, until somebody renames it.'}
            </p>
          </div>
        ) : (
          <Rename title={title} entry={entry} />
        )}
        {mayChange && title === null && (
          <div class="acts">
            <button class="btn quiet" type="button" onClick={entry.startRenaming}>
              <Icon name="pencil" /> Rename
            </button>
          </div>
        )}
      </header>
      {mergedFrom !== null && (
        <Notice icon="merge">
          <p>#{mergedFrom} was merged into this entry. Its number leads here for ever.</p>
        </Notice>
      )}
      {entry.saving.value.status === 'overtaken' && (
        <Notice icon="people" tone="late" live>
          <p>
            Somebody changed this meanwhile. This is how it stands now
            {title === null ? '; yours was not saved.' : ', and your words are still in the field.'}
          </p>
        </Notice>
      )}
    </>
  )
}

function Rename({ title, entry }: { title: string; entry: Entry }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault()
        void entry.rename()
      }}
    >
      <h1 class="vh">Rename this entry</h1>
      <div class="field">
        <label htmlFor="title">What is the customer’s problem, in one line?</label>
        <input
          class="input"
          id="title"
          value={title}
          maxLength={120}
          ref={field}
          onKeyDown={(event) => {
            if (event.key === 'Escape') entry.stopRenaming()
          }}
          onInput={(event) => entry.setTitle(event.currentTarget.value)}
        />
        <p class="hint">
          Leaders see a title once somebody has said it is right. Saving does that.
        </p>
      </div>
      <div class="wrap">
        <button class="btn primary" type="submit" disabled={!entry.canRename.value}>
          Save the title
        </button>
        <button class="btn quiet" type="button" onClick={entry.stopRenaming}>
          Leave it
        </button>
      </div>
    </form>
  )
}
