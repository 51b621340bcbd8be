import { useLayoutEffect, useRef } from 'preact/hooks'

import type { EntryDetail } from '#shared/api/entry'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { count } from '../words'
import { ConflictNotice } from './Conflict'
import { conflictsOf } from './conflict'
import type { Entry } from './entry'
import { Moves } from './Moves'

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
  const saving = entry.saving.value
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
            {row.mood === 'embarrassed' && <Moves detail={detail} move={entry.move} />}
          </div>
        )}
      </header>
      {mergedFrom !== null && (
        <Notice icon="merge">
          <p>#{mergedFrom} was merged into this entry. Its number leads here for ever.</p>
        </Notice>
      )}
      {saving.status === 'overtaken' && (
        <ConflictNotice
          conflicts={saving.mine === null ? [] : conflictsOf(detail, saving.mine)}
          saveMine={saving.mine === null ? undefined : () => void entry.saveMine()}
          keepTheirs={entry.keepTheirs}
        />
      )}
    </>
  )
}

function Rename({ title, entry }: { title: string; entry: Entry }) {
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.select(), [])
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
