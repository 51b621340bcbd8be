import { createModel, signal, useModel } from '@preact/signals'

import type { EntryListApi } from '#shared/api/entry-list'
import type { EntryRow } from '#shared/api/register'

import { sentenceOf } from '../load'
import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'

interface NewEntryDeps {
  api: Pick<EntryListApi, 'openEntry'>
  newId(): string
}

const NewEntryModel = createModel(({ api, newId }: NewEntryDeps) => {
  const title = signal('')
  const service = signal('')
  const trouble = signal<string | null>(null)
  // The same for each try: an answer that was lost opens no second entry.
  const id = newId()
  return {
    title,
    service,
    trouble,

    /** The entry, or undefined with `trouble` set; never rejects. */
    async open(): Promise<EntryRow | undefined> {
      trouble.value = null
      try {
        return await api.openEntry({
          id,
          title: title.peek().trim(),
          service: service.peek().trim() || null,
        })
      } catch (error) {
        trouble.value = sentenceOf(error)
        return undefined
      }
    },
  }
})

interface NewEntrySheetProps extends NewEntryDeps {
  services: readonly string[]
  onOpened: (entry: EntryRow) => void
  onClose: () => void
}

/** An entry that no note has opened: what somebody knows, in the customer's words. */
export function NewEntrySheet({ api, newId, services, onOpened, onClose }: NewEntrySheetProps) {
  const model = useModel(() => new NewEntryModel({ api, newId }))
  const canOpen = model.title.value.trim() !== ''
  const open = async () => {
    const entry = await model.open()
    if (entry) onOpened(entry)
  }
  return (
    <Sheet title="New entry" onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canOpen) void open()
        }}
      >
        <div class="field">
          <label htmlFor="new-title">The problem, in the customer’s words</label>
          <input
            class="input"
            id="new-title"
            maxLength={120}
            autoComplete="off"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to write this
            autoFocus
            value={model.title.value}
            onInput={(event) => (model.title.value = event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label htmlFor="new-service">Service</label>
          <input
            class="input"
            id="new-service"
            list="new-services"
            maxLength={80}
            autoComplete="off"
            value={model.service.value}
            onInput={(event) => (model.service.value = event.currentTarget.value)}
          />
          <datalist id="new-services">
            {services.map((service) => (
              <option key={service} value={service}>
                {service}
              </option>
            ))}
          </datalist>
        </div>
        {model.trouble.value !== null && (
          <Notice icon="warn" tone="late" live>
            <p>{model.trouble.value}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!canOpen}>
            Open the entry
          </button>
          <button class="btn quiet" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Sheet>
  )
}
