import { useSignal } from '@preact/signals'

import type { SavedView } from '#shared/api/view'

import { Sheet } from '../parts/Sheet'
import type { SavedViews } from './saved-views'
import type { View } from './view'

interface SaveViewSheetProps {
  view: View
  /** Null: it is saved for the first time. */
  kept: SavedView | null
  saved: SavedViews
  onClose: () => void
}

/** A name for the filters and the order on screen, for oneself or for everybody. */
export function SaveViewSheet({ view, kept, saved, onClose }: SaveViewSheetProps) {
  const name = useSignal(kept?.name ?? '')
  const isShared = useSignal(kept?.isShared ?? false)
  const mayChange = kept === null || kept.isMine
  const canSave = mayChange && name.value.trim() !== ''
  const isDefault = kept !== null && saved.defaultId.value === kept.id
  const save = () => {
    const as = { name: name.value.trim(), isShared: isShared.value }
    onClose()
    void (kept === null ? saved.save(view, as) : saved.change(kept, as))
  }
  return (
    <Sheet title={kept === null ? 'Save this view' : kept.name} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canSave) save()
        }}
      >
        {mayChange && (
          <>
            <div class="field">
              <label htmlFor="view-name">What it is called</label>
              <input
                class="input"
                id="view-name"
                maxLength={40}
                autoComplete="off"
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to write this
                autoFocus
                value={name.value}
                onInput={(event) => (name.value = event.currentTarget.value)}
              />
            </div>
            <label class="line">
              <input
                type="checkbox"
                checked={isShared.value}
                onChange={(event) => (isShared.value = event.currentTarget.checked)}
              />
              Everybody here sees it
            </label>
          </>
        )}
        <div class="wrap">
          {mayChange && (
            <button class="btn primary" type="submit" disabled={!canSave}>
              Save
            </button>
          )}
          {kept !== null && (
            <button
              class="btn"
              type="button"
              onClick={() => {
                onClose()
                void saved.openWith(isDefault ? null : kept)
              }}
            >
              {isDefault ? 'Open the register without it' : 'Open the register with it'}
            </button>
          )}
          {kept?.isMine && (
            <button
              class="btn quiet"
              type="button"
              onClick={() => {
                onClose()
                void saved.remove(kept)
              }}
            >
              Delete
            </button>
          )}
          <button class="btn quiet" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Sheet>
  )
}
