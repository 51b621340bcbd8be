import { useSignal } from '@preact/signals'

import { PersonalHint } from '../personal-data/PersonalHint'
import type { ContactCard } from './card'
import type { ShiftModel } from './shift'

/** What their need is about: suggested where this device knows the words, and one tap to change. */
export function Service({ model, card }: { model: ShiftModel; card: ContactCard }) {
  const isOpen = useSignal(false)
  const suggested = model.suggested.value
  const known = [...new Set(model.services.value.map(({ service }) => service))].toSorted()
  const service = card.isServiceSaid ? (card.contact.service ?? '') : (suggested ?? '')
  if (!isOpen.value) {
    return (
      <p class="hint">
        {service === '' ? '' : `Service: ${service}${card.isServiceSaid ? '' : ', suggested'}. `}
        <button class="link" type="button" onClick={() => (isOpen.value = true)}>
          {service === '' ? 'Add the service' : 'Change'}
        </button>
      </p>
    )
  }
  return (
    <div class="line service">
      <label class="hint" htmlFor="contact-service">
        Service
      </label>
      <input
        class="input"
        id="contact-service"
        list="contact-services"
        autocomplete="off"
        maxLength={60}
        value={service}
        onInput={(event) => model.setService(event.currentTarget.value)}
      />
      <datalist id="contact-services">
        {known.map((each) => (
          <option value={each} key={each}>
            {each}
          </option>
        ))}
      </datalist>
      <PersonalHint text={service} onCover={(covered) => model.setService(covered)} />
    </div>
  )
}
