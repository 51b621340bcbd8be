import { useModel } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import { toClock } from '#shared/duration'

import { Icon } from '../panel/Icon'
import { useKeys } from '../panel/keys'
import { Screen } from '../panel/Screen'
import { CardFields } from './CardFields'
import { OWED_KEY } from './card-keys'
import { ContactList } from './ContactList'
import { type ShiftDeps, ShiftModel } from './shift'

interface ShiftScreenProps extends ShiftDeps {
  onBack(): void
  /** The shift is over; null where nothing was kept of it. */
  onEnded(walkId: string | null): void
}

/** The running shift: one card open at once, the contacts so far below it. */
export function ShiftScreen(props: ShiftScreenProps) {
  const model = useModel(() => new ShiftModel(props))
  const need = useRef<HTMLTextAreaElement>(null)
  const card = model.open.value
  const number = model.number.value
  const isChange = card?.seq != null
  const hasCard = card !== null
  const arrivals = model.arrivals.value
  useEffect(() => {
    if (arrivals > 0) need.current?.focus()
  }, [arrivals])
  const keep = () => {
    void model.keep()
    // At once and not after drawing: the next key is the next contact's.
    need.current?.focus()
  }
  const end = async () => {
    const walkId = model.shift.peek()?.id ?? null
    props.onEnded((await model.end()) ? walkId : null)
  }
  useKeys((key) => {
    if (key === 'Escape') return leaveField() || model.leave()
    if (key === 'Backspace') void model.takeLastBack()
    else if (key.toUpperCase() === OWED_KEY) model.toggleOwed()
    else return model.press(key)
    return true
  })
  return (
    <Screen
      title={isChange ? `Change contact ${number}` : `Contact ${number}`}
      subtitle={
        <p>
          Desk shift <span class="num">{toClock(model.elapsedMs.value)}</span> · no names, anywhere
        </p>
      }
      back={{ label: 'Back to home, the shift keeps running', go: props.onBack }}
      aside={
        <button class="btn quiet" type="button" onClick={() => void end()}>
          End shift
        </button>
      }
      onCtrlEnter={keep}
      dock={
        hasCard && (
          <button class="btn primary wide" type="button" onClick={keep}>
            {isChange ? 'Keep the change' : `Keep and start contact ${number + 1}`}{' '}
            <span class="key">Ctrl ↵</span>
          </button>
        )
      }
    >
      {hasCard && (
        <div class="contact">
          {model.contacts.value.length === 0 && (
            <p class="notice">
              <Icon name="info" />
              <span>This notes the process, not you. Say so to whoever you sit beside.</span>
            </p>
          )}
          {model.status.value === 'failed' && (
            <p class="notice late" role="alert">
              <Icon name="warn" /> <span>Not kept: this device has no room</span>
            </p>
          )}
          <CardFields model={model} card={card} need={need} />
          <ContactList model={model} />
        </div>
      )}
    </Screen>
  )
}

/** Out of the field that is written in, to the first answer: from there each key is one. */
function leaveField(): boolean {
  const { activeElement } = document
  const isField =
    activeElement instanceof HTMLTextAreaElement ||
    (activeElement instanceof HTMLInputElement && activeElement.type === 'text')
  if (!isField) return false
  const answers = [...document.querySelectorAll<HTMLInputElement>('.pairs [type="radio"]')]
  const next = answers.find((each) => each.checked && each.name === 'solved') ?? answers[0]
  next?.focus()
  return true
}
