import type { Call } from '#shared/call'

import { Icon } from '../panel/Icon'
import type { CallModel } from './call'
import { endWords } from './call-words'

/** What can be said of the last time one was passed on, and of how the call ended. */
export function After({ model, call }: { model: CallModel; call: Call }) {
  const passedOn = call.transfers.at(-1)
  const times = model.times.value
  return (
    <>
      {call.end === null && passedOn !== undefined && (
        <div class="after">
          <YesNo
            question="Were you told why?"
            answer={passedOn.toldWhy ?? null}
            onAnswer={(toldWhy) => void model.answer({ of: 'transfer', toldWhy })}
          />
          <YesNo
            question="Did the next one know?"
            answer={passedOn.nextKnew ?? null}
            onAnswer={(nextKnew) => void model.answer({ of: 'transfer', nextKnew })}
          />
        </div>
      )}
      {call.end !== null && times !== null && (
        <>
          <output class="notice">
            <Icon name="check" />
            <span>{endWords(call.end.how, call, times)}</span>
          </output>
          <fieldset class="field">
            <legend class="label">Did the call do what it was for?</legend>
            <div class="seg">
              {(['yes', 'partly', 'no'] as const).map((each) => (
                <label key={each}>
                  <input
                    class="vh"
                    type="radio"
                    name="solved"
                    checked={call.end?.solved === each}
                    onChange={() => void model.answer({ of: 'call-end', solved: each })}
                  />
                  {each.charAt(0).toUpperCase() + each.slice(1)}
                </label>
              ))}
            </div>
          </fieldset>
        </>
      )}
    </>
  )
}

interface YesNoProps {
  question: string
  answer: boolean | null
  onAnswer(answer: boolean | null): void
}

/** Two chips; the one that is pressed, pressed again, says nothing any more. */
function YesNo({ question, answer, onAnswer }: YesNoProps) {
  return (
    <fieldset class="line">
      <legend class="vh">{question}</legend>
      <span class="grow" aria-hidden="true">
        {question}
      </span>
      {[true, false].map((each) => (
        <button
          class="chip"
          type="button"
          key={String(each)}
          aria-pressed={answer === each}
          onClick={() => onAnswer(answer === each ? null : each)}
        >
          <Icon name="check" /> {each ? 'Yes' : 'No'}
        </button>
      ))}
    </fieldset>
  )
}
