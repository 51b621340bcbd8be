import { useModel } from '@preact/signals'

import { toSpan } from '#shared/duration'
import type { Channel } from '#shared/place'

import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { PersonalHint } from '../personal-data/PersonalHint'
import { type AnswerFormDeps, AnswerFormModel } from './answer-form'

const WAYS: { channel: Channel; words: string }[] = [
  { channel: 'email', words: 'E-mail' },
  { channel: 'chat', words: 'Chat' },
  { channel: 'phone', words: 'They called' },
  { channel: 'portal', words: 'Portal' },
]

/** They answered, or they never did: the errand goes on, on the same timeline. */
export function AnswerScreen({ onBack, ...deps }: AnswerFormDeps & { onBack(): void }) {
  const form = useModel(() => new AnswerFormModel(deps))
  const { walk, surroundings } = deps
  const submit = () => void form.answered()
  return (
    <Screen
      title="They answered"
      back={{ label: 'Back to home, still waiting', go: onBack }}
      onCtrlEnter={submit}
      dock={
        <button
          class="btn primary wide"
          type="submit"
          form="answer"
          aria-disabled={form.isBusy.value}
        >
          Go on with the errand <span class="key">Ctrl ↵</span>
        </button>
      }
    >
      <section aria-labelledby="errand-name">
        <h2 id="errand-name">{walk.errand === null ? 'Your errand' : `“${walk.errand}”`}</h2>
        <p class="meta">
          Waited for them {toSpan(surroundings.now() - form.waitingSince.value)}, nights included
        </p>
      </section>
      <form
        class="stack"
        id="answer"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <fieldset class="field">
          <legend class="label">How did they answer?</legend>
          <div class="seg">
            {WAYS.map(({ channel, words }) => (
              <label key={channel}>
                <input
                  class="vh"
                  type="radio"
                  name="channel"
                  checked={form.channel.value === channel}
                  onChange={() => (form.channel.value = channel)}
                />
                {words}
              </label>
            ))}
          </div>
        </fieldset>
        {form.isWritten.value && <Sender form={form} />}
      </form>
      <div class="acts">
        <button class="btn wide" type="button" onClick={() => void form.goOn()}>
          No answer yet, I go on anyway
        </button>
        <button class="btn quiet wide" type="button" onClick={() => void form.end()}>
          They never answered: end it here
        </button>
      </div>
    </Screen>
  )
}

function Sender({ form }: { form: InstanceType<typeof AnswerFormModel> }) {
  return (
    <>
      <div class="field">
        <label class="label" htmlFor="system">
          Which system is it from?
        </label>
        <input
          class="input"
          id="system"
          list="systems"
          maxLength={100}
          placeholder="The system, never a person"
          value={form.system}
          onInput={(event) => (form.system.value = event.currentTarget.value)}
        />
        <datalist id="systems">
          {form.systems.value.map((system) => (
            <option value={system} key={system}>
              {system}
            </option>
          ))}
        </datalist>
        <PersonalHint text={form.system.value} onCover={(system) => (form.system.value = system)} />
        <KeptAs text={form.kept.value.system} />
      </div>
      <div class="field">
        <label class="label" htmlFor="subject">
          Its subject line
        </label>
        <input
          class="input"
          id="subject"
          maxLength={200}
          placeholder="Your request was closed"
          value={form.subject}
          onInput={(event) => (form.subject.value = event.currentTarget.value)}
        />
        <KeptAs text={form.kept.value.subject} />
        <p class="hint">
          Numbers in it are replaced. The text itself is never kept, nor a picture.
        </p>
      </div>
    </>
  )
}

function KeptAs({ text }: { text: string | null }) {
  return text === null ? null : (
    <p class="hint">
      <Icon name="mask" small /> Kept as “{text}”
    </p>
  )
}
