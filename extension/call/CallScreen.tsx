import { useModel } from '@preact/signals'

import type { Call } from '#shared/call'
import { toClock } from '#shared/duration'

import { useFocusOnArrival } from '../panel/focus'
import { Icon } from '../panel/Icon'
import { useKeys } from '../panel/keys'
import { Screen } from '../panel/Screen'
import { type CallDeps, CallModel } from './call'
import { After } from './After'
import { Keypad } from './Keypad'
import { AskedAgain, Outcomes } from './Outcomes'
import { Path } from './Path'
import { Typed } from './Typed'

interface CallScreenProps extends CallDeps {
  onBack(): void
  onAddWords(noteId: string): void
}

/** Dial, tap along, say how it ended. One hand does it all. */
export function CallScreen(props: CallScreenProps) {
  const model = useModel(() => new CallModel(props))
  const call = model.call.value
  if (!model.isRead.value) return null
  if (call === null || model.isBefore.value)
    return <Dial model={model} walk={props.walk} onBack={props.onBack} />
  return <OnCall model={model} call={call} {...props} />
}

function Dial({
  model,
  walk,
  onBack,
}: {
  model: CallModel
  walk: CallDeps['walk']
  onBack(): void
}) {
  return (
    <Screen
      title="Call a voice menu"
      back={{ label: walk === null ? 'Back to home' : 'Back to the walk', go: onBack }}
      onCtrlEnter={() => void model.dial()}
      dock={
        <button class="btn primary wide" type="submit" form="dial">
          <Icon name="phone" /> I’m dialling now
        </button>
      }
    >
      <form
        class="stack"
        id="dial"
        onSubmit={(event) => {
          event.preventDefault()
          void model.dial()
        }}
      >
        <div class="field">
          <label class="label" htmlFor="number">
            The number you call
          </label>
          <input
            class="input"
            id="number"
            type="tel"
            autocomplete="off"
            maxLength={20}
            placeholder="4357"
            value={model.number}
            onInput={(event) => (model.number.value = event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label class="label" htmlFor="why">
            Why would a customer call?
          </label>
          <input
            class="input"
            id="why"
            autocomplete="off"
            maxLength={60}
            value={model.why}
            onInput={(event) => (model.why.value = event.currentTarget.value)}
          />
        </div>
      </form>
      <p class="notice">
        <Icon name="shield" />
        <span>
          Call from your phone and tap along here. Wince never listens and never dials; it writes
          down what you tap.
        </span>
      </p>
    </Screen>
  )
}

function OnCall({
  model,
  call,
  walk,
  onBack,
  onAddWords,
}: { model: CallModel; call: Call } & CallScreenProps) {
  const isOn = call.end === null
  const heldBefore = call.holds.reduce((sum, { ms }) => sum + ms, 0)
  useKeys((key) => {
    if (!isOn) return false
    if (key === 'Backspace') void model.undo()
    else if (/^[0-9*#]$/.test(key)) void model.press(key)
    else return false
    return true
  })
  return (
    <Screen
      title={call.number === '' ? 'The call' : `Call to ${call.number}`}
      subtitle={
        <p>
          {isOn ? 'On the call' : 'Call ended'}{' '}
          <span class="num">{toClock(model.times.value?.lengthMs ?? 0)}</span> · Wince never listens
        </p>
      }
      back={{
        label: isOn ? 'Back to the walk, the call keeps running' : 'Back to the walk',
        go: onBack,
      }}
      dock={
        <div class="call-dock">
          <button class="btn" type="button" onClick={() => void model.mark()}>
            <Icon name="moment" /> Mark this moment
          </button>
          {isOn ? (
            <button class="btn primary" type="button" onClick={() => void model.end('hung-up')}>
              I hung up
            </button>
          ) : (
            <Onward words={walk === null ? 'Done' : 'Go on walking'} onPress={onBack} />
          )}
        </div>
      }
    >
      <div class="on-call">
        <Path model={model} call={call} />
        {call.hold !== null && (
          <div class="hold">
            <p class="grow">
              <b>
                <Icon name="hold" /> On hold
              </b>
              {heldBefore > 0
                ? `after ${toClock(heldBefore)} before`
                : 'Close the panel if you like: it still counts'}
            </p>
            <p class="watch" role="timer" aria-label="Time on hold">
              {toClock(model.holdMs.value)}
            </p>
          </div>
        )}
        <After model={model} call={call} />
        <Marked model={model} onAddWords={onAddWords} />
        {isOn && (
          <>
            <Keypad model={model} />
            <Typed model={model} />
            <AskedAgain call={call} onAsked={(thing) => void model.askedAgain(thing)} />
            <Outcomes call={call} model={model} />
          </>
        )}
      </div>
    </Screen>
  )
}

/** What ended the call is no longer there to hold the focus: this is next. */
function Onward({ words, onPress }: { words: string; onPress(): void }) {
  const place = useFocusOnArrival<HTMLSpanElement>((root) => root.querySelector('button'))
  return (
    <span class="onward" ref={place}>
      <button class="btn primary wide" type="button" onClick={onPress}>
        {words}
      </button>
    </span>
  )
}

function Marked({ model, onAddWords }: { model: CallModel; onAddWords(noteId: string): void }) {
  const marked = model.marked.value
  if (marked === null) return null
  return (
    <p class="notice">
      <Icon name="moment" />
      <span>
        Moment kept{marked.keys === '' ? '' : ` at ${marked.keys}`}. Words can wait.{' '}
        <button class="link" type="button" onClick={() => onAddWords(marked.noteId)}>
          Add words
        </button>
      </span>
    </p>
  )
}
