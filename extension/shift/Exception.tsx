import type { Contact } from '#shared/contact'

import { PersonalHint } from '../personal-data/PersonalHint'

type ProcessException = NonNullable<Contact['exception']>

const WAYS = [
  { value: 'improve', words: 'Improve the process' },
  { value: 'explain', words: 'Explain why it stays' },
] as const

interface ExceptionProps {
  exception: ProcessException
  onChange(exception: ProcessException): void
}

/** A rule that did not fit: nobody is to blame, either it changes or customers are told why it stays. */
export function Exception({ exception, onChange }: ExceptionProps) {
  return (
    <section class="unfolded" aria-labelledby="exception">
      <h2 class="label" id="exception">
        Process exception
      </h2>
      <div class="field">
        <label class="hint" htmlFor="rule">
          Which rule did not fit, and why?
        </label>
        <textarea
          class="input"
          id="rule"
          rows={2}
          maxLength={2_000}
          value={exception.words}
          onInput={(event) => onChange({ ...exception, words: event.currentTarget.value })}
        />
        <PersonalHint
          text={exception.words}
          onCover={(words) => onChange({ ...exception, words })}
        />
      </div>
      <fieldset>
        <legend class="vh">What is to become of the rule?</legend>
        <div class="wrap">
          {WAYS.map(({ value, words }) => (
            <button
              class="chip"
              type="button"
              key={value}
              aria-pressed={exception.way === value}
              onClick={() =>
                onChange({ ...exception, way: exception.way === value ? null : value })
              }
            >
              {words}
            </button>
          ))}
        </div>
      </fieldset>
    </section>
  )
}
