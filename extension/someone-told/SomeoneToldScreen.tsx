import { useModel } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import { Moods, Scale } from '../note/Choices'
import { Icon } from '../panel/Icon'
import { useKeys } from '../panel/keys'
import { Screen } from '../panel/Screen'
import { PersonalHint } from '../personal-data/PersonalHint'
import { OWED_KEY } from '../shift/card-keys'
import { Hot } from '../shift/Hot'
import { OwedFields } from '../shift/OwedFields'
import { type SomeoneToldDeps, SomeoneToldModel } from './someone-told'

/** One card from home: their words, how bad or good, and what they were promised. */
export function SomeoneToldScreen({ onDone, ...deps }: SomeoneToldDeps & { onDone(): void }) {
  const model = useModel(() => new SomeoneToldModel(deps))
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const { change } = model
  const note = model.note.value
  const owed = model.owed.value
  const isElsewhere = note.source === 'elsewhere'
  const canOwe = !isElsewhere && note.mood === 'embarrassed'
  const toggleElsewhere = () => change({ source: isElsewhere ? 'told' : 'elsewhere' })
  const save = () => void model.save().then((isKept) => isKept && onDone())
  useKeys((key) => {
    if (key === 'Escape') return leaveField()
    const letter = key.toUpperCase()
    if (letter === 'E') change({ mood: 'embarrassed' })
    else if (letter === 'L') change({ mood: 'liked' })
    else if (letter === 'M') toggleElsewhere()
    else if (letter === OWED_KEY && canOwe) model.toggleOwed()
    else if (note.mood === 'embarrassed' && /^[1-3]$/.test(key))
      change({ wince: key === '1' ? 1 : key === '2' ? 2 : 3 })
    else return false
    return true
  })
  return (
    <Screen
      title={isElsewhere ? 'Met elsewhere' : 'Someone told me'}
      back={{ label: 'Back to home, the draft is kept', go: onDone }}
      onCtrlEnter={save}
      dock={
        <button class="btn primary wide" type="button" onClick={save}>
          Save note <span class="key">Ctrl ↵</span>
        </button>
      }
    >
      <div class="contact">
        <div class="field">
          <label class="label" htmlFor="told">
            {isElsewhere ? 'What did you meet, and where?' : 'What did they say, in their words?'}
          </label>
          <textarea
            class="input"
            id="told"
            rows={3}
            maxLength={20_000}
            ref={field}
            value={note.words}
            onInput={(event) => change({ words: event.currentTarget.value })}
          />
          <PersonalHint text={note.words} onCover={(words) => change({ words })} />
        </div>
        <Moods mood={note.mood} onChange={(mood) => change({ mood })} />
        {note.mood === 'embarrassed' && (
          <Scale wince={note.wince} onChange={(wince) => change({ wince })} />
        )}
        <div class="field">
          <label class="label" htmlFor="told-service">
            Service, if you know
          </label>
          <input
            class="input"
            type="text"
            id="told-service"
            autocomplete="off"
            maxLength={60}
            value={note.service ?? ''}
            onInput={(event) => change({ service: event.currentTarget.value })}
          />
        </div>
        <div class="wrap">
          <button
            class="chip"
            type="button"
            aria-pressed={isElsewhere}
            aria-keyshortcuts="M"
            onClick={toggleElsewhere}
          >
            <Icon name="check" /> <Hot letter="M" words="Met elsewhere" />
          </button>
          {canOwe && (
            <button
              class="chip"
              type="button"
              aria-pressed={owed !== null}
              aria-keyshortcuts={OWED_KEY}
              onClick={() => model.toggleOwed()}
            >
              <Icon name="check" /> <Hot letter={OWED_KEY} words="We owe them an answer" />
            </button>
          )}
        </div>
        {owed !== null && canOwe && (
          <OwedFields owed={owed} onChange={(changed) => model.setOwed(changed)} />
        )}
        {model.status.value === 'failed' && (
          <p class="notice late" role="alert">
            <Icon name="warn" /> <span>Not kept: this device has no room</span>
          </p>
        )}
        <p class="hint">No names. It goes to your ready notes, and nothing leaves before Send.</p>
      </div>
    </Screen>
  )
}

/** Out of the field that is written in, to the mood: from there each key is one. */
function leaveField(): boolean {
  const { activeElement } = document
  const isField =
    activeElement instanceof HTMLTextAreaElement ||
    (activeElement instanceof HTMLInputElement && activeElement.type === 'text')
  if (isField) document.querySelector<HTMLInputElement>('[name="mood"]:checked')?.focus()
  return isField
}
