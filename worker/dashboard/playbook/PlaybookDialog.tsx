import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'
import type { PlaybookForm, Playbooks } from './playbooks'

const FIELDS = [
  ['name', 'What fails', 'The help line is silent'],
  ['service', 'Service', 'Help line'],
  ['sponsor', 'Sponsor, as a role', 'CIO'],
  ['trainedBy', 'Last trained by', 'Desk manager'],
] as const

export function PlaybookDialog({ playbooks, form }: { playbooks: Playbooks; form: PlaybookForm }) {
  const said = playbooks.said.value
  const changed = playbooks.changed.value
  const canSave =
    form.name.trim() !== '' && form.service.trim() !== '' && !playbooks.isWorking.value
  return (
    <Sheet title={changed === null ? 'A new playbook' : changed.name} wide onClose={playbooks.stop}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canSave) void playbooks.save()
        }}
      >
        {FIELDS.slice(0, 3).map(([name, words, example]) => (
          <Field key={name} {...{ name, words, example, form, playbooks }} />
        ))}
        <div class="field">
          <label htmlFor="pb-steps">The first hour, one step a line</label>
          <textarea
            class="input"
            id="pb-steps"
            rows={6}
            value={form.steps}
            aria-describedby="pb-steps-hint"
            onInput={(event) => playbooks.put({ steps: event.currentTarget.value })}
          />
          <p class="hint" id="pb-steps-hint">
            10 min, Desk manager: put the other number on the portal
          </p>
        </div>
        <div class="field">
          <label htmlFor="pb-trained">Last trained on</label>
          <input
            class="input"
            id="pb-trained"
            type="date"
            value={form.trainedOn}
            onInput={(event) => playbooks.put({ trainedOn: event.currentTarget.value })}
          />
        </div>
        {FIELDS.slice(3).map(([name, words, example]) => (
          <Field key={name} {...{ name, words, example, form, playbooks }} />
        ))}
        {said.what === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{said.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!canSave}>
            Save
          </button>
          <button class="btn quiet" type="button" onClick={playbooks.stop}>
            Leave it
          </button>
          {changed !== null && (
            <button class="btn quiet" type="button" onClick={() => void playbooks.remove(changed)}>
              Take it away
            </button>
          )}
        </div>
      </form>
    </Sheet>
  )
}

interface FieldProps {
  name: (typeof FIELDS)[number][0]
  words: string
  example: string
  form: PlaybookForm
  playbooks: Playbooks
}

function Field({ name, words, example, form, playbooks }: FieldProps) {
  return (
    <div class="field">
      <label htmlFor={`pb-${name}`}>{words}</label>
      <input
        class="input"
        id={`pb-${name}`}
        value={form[name]}
        maxLength={60}
        autoComplete="off"
        placeholder={example}
        onInput={(event) => playbooks.put({ [name]: event.currentTarget.value })}
      />
    </div>
  )
}
