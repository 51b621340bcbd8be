import { PersonalHint } from '../personal-data/PersonalHint'
import type { OwedDraft } from './card'

interface OwedFieldsProps {
  owed: OwedDraft
  onChange(change: Partial<OwedDraft>): void
}

/** A promise to a customer: the desk tool's own reference, never a name or a number of theirs. */
export function OwedFields({ owed, onChange }: OwedFieldsProps) {
  return (
    <section class="unfolded" aria-labelledby="owed">
      <h2 class="label" id="owed">
        We owe them an answer
      </h2>
      <label class="tick">
        <input
          type="checkbox"
          checked={owed.agreed}
          onChange={(event) => onChange({ agreed: event.currentTarget.checked })}
        />
        They agreed to be contacted
      </label>
      <div class="field">
        <label class="hint" htmlFor="reference">
          The desk tool’s own reference
        </label>
        <input
          class="input"
          type="text"
          id="reference"
          autocomplete="off"
          maxLength={60}
          value={owed.reference}
          onInput={(event) => onChange({ reference: event.currentTarget.value })}
        />
        <PersonalHint
          fine="id"
          text={owed.reference}
          onCover={(reference) => onChange({ reference })}
        />
      </div>
      <p class="hint">
        {owed.agreed ? '' : 'It counts once they agreed. '}
        The time of the promise is kept with it, as somebody is to speak to them within a day. The
        reference is deleted 30 days after it is settled.
      </p>
    </section>
  )
}
