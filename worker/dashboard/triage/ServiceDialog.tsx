import { useModel, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { TriageNote } from '#shared/api/triage'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Sheet } from '../parts/Sheet'
import { Trouble } from '../parts/Trouble'
import { Deciding } from './Deciding'
import type { Desk } from './desk'
import { ServiceModel } from './entry-decisions'

interface ServiceDialogProps {
  desk: Desk
  note: TriageNote
  onClose: () => void
}

/** Which service of the list a note is about. */
export function ServiceDialog({ desk, note, onClose }: ServiceDialogProps) {
  const model = useModel(() => new ServiceModel(desk, note))
  useEffect(() => void model.reload(), [model])
  const state = model.state.value
  /** While a service of the list is set, what was typed is not among what the note says. */
  const typed = note.serviceId === null ? note.service : null
  const chosen = model.serviceId.value
  return (
    <Sheet title="Which service is it about?" onClose={onClose}>
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={model.reload} />
      )}
      {state.status === 'ready' && (
        <form
          class="fields"
          onSubmit={(event) => {
            event.preventDefault()
            void model.save().then((isDone) => isDone && onClose())
          }}
        >
          <div class="field">
            <label htmlFor="service">Service</label>
            <span class="select">
              <select
                class="input"
                id="service"
                value={chosen ?? ''}
                onChange={(event) => model.setService(event.currentTarget.value)}
              >
                <option value="">
                  {typed === null ? 'What the leader typed' : `As typed: ${typed}`}
                </option>
                {state.value.map(({ id, name, provider }) => (
                  <option key={id} value={id} selected={id === chosen}>
                    {name}, {provider}
                  </option>
                ))}
              </select>
              <Icon name="down" small />
            </span>
          </div>
          {typed !== null && chosen !== null && (
            <label class="line">
              <input
                type="checkbox"
                checked={model.teaches.value}
                onChange={(event) => model.setTeaches(event.currentTarget.checked)}
              />
              From now on, “{typed}” means this service
            </label>
          )}
          <AddService name={typed ?? ''} add={model.add} />
          <Deciding
            deciding={model.deciding}
            queue={desk.queue}
            action="Set the service"
            working="Saving…"
            isReady={chosen !== note.serviceId || model.teaches.value}
            onClose={onClose}
          />
        </form>
      )}
    </Sheet>
  )
}

interface AddServiceProps {
  name: string
  add: (provider: string, name: string) => Promise<void>
}

/** A service that the list lacks. */
function AddService({ name, add }: AddServiceProps) {
  const provider = useSignal('')
  const called = useSignal(name)
  const canAdd = provider.value.trim() !== '' && called.value.trim() !== ''
  return (
    <details class="more-fields">
      <summary>It is not on the list</summary>
      <div class="fields">
        <div class="field">
          <label htmlFor="service-name">What customers call it</label>
          <input
            class="input"
            id="service-name"
            value={called.value}
            maxLength={100}
            autoComplete="off"
            onInput={(event) => {
              called.value = event.currentTarget.value
            }}
          />
        </div>
        <div class="field">
          <label htmlFor="service-provider">Who provides it</label>
          <input
            class="input"
            id="service-provider"
            value={provider.value}
            maxLength={100}
            autoComplete="off"
            onInput={(event) => {
              provider.value = event.currentTarget.value
            }}
          />
        </div>
        <p>
          <button
            class="btn"
            type="button"
            disabled={!canAdd}
            onClick={() => void add(provider.value.trim(), called.value.trim())}
          >
            Add it to the list
          </button>
        </p>
      </div>
    </details>
  )
}
