import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import type { ShiftModel } from './shift'

/** The shift's contacts, each to be changed or removed until it is sent. */
export function ContactList({ model }: { model: ShiftModel }) {
  const contacts = model.contacts.value
  const last = contacts.at(-1)
  if (last === undefined) return null
  return (
    <details class="unfold so-far">
      <summary>{countOf(contacts.length, 'contact')} so far</summary>
      <button class="btn small" type="button" onClick={() => void model.takeLastBack()}>
        <Icon name="undo" /> Take contact {last.number} back <span class="key roomy">⌫</span>
      </button>
      <ol class="list">
        {contacts.toReversed().map((each) => {
          const words = each.step.need === '' ? 'No words' : each.step.need
          return (
            <li key={each.step.seq}>
              <p class="grow">
                <b class="cut">{words}</b>
                <span class="meta">
                  Contact {each.number}
                  {each.note?.owed != null && ', an answer is owed'}
                </span>
              </p>
              <button
                class="btn small"
                type="button"
                aria-label={`Change contact ${each.number}: ${words}`}
                onClick={() => model.edit(each)}
              >
                Change
              </button>
              <button
                class="btn small quiet icon"
                type="button"
                aria-label={`Remove contact ${each.number}: ${words}`}
                onClick={() => void model.remove(each)}
              >
                <Icon name="close" />
              </button>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
