import { type EntryWork, METHOD_WORDS } from '#shared/work'

import { Icon } from '../parts/Icon'

type Measure = NonNullable<EntryWork['measure']>
const FIGURES = ['baseline', 'target', 'actual'] as const
const FIGURE_WORDS = { baseline: 'It was', target: 'It is to be', actual: 'It is now' } as const

/** As it is typed: figures are texts until they are saved. */
export type MeasureDraft = Pick<Measure, 'method' | 'what' | 'unit'> &
  Record<(typeof FIGURES)[number], string>

export function toDraft(measure: EntryWork['measure']): MeasureDraft {
  const { method = 'count', what = '', unit = '' } = measure ?? {}
  return {
    method,
    what,
    unit,
    baseline: textOf(measure?.baseline),
    target: textOf(measure?.target),
    actual: textOf(measure?.actual),
  }
}

/** What was typed as a measure; null where nobody says what is measured. */
export function toMeasure(draft: MeasureDraft): EntryWork['measure'] {
  if (draft.what.trim() === '') return null
  return {
    method: draft.method,
    what: draft.what,
    unit: draft.unit,
    baseline: figureOf(draft.baseline),
    target: figureOf(draft.target),
    actual: figureOf(draft.actual),
  }
}

function textOf(figure: number | null | undefined): string {
  return figure == null ? '' : String(figure)
}

function figureOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}

interface MeasureFieldsProps {
  measure: MeasureDraft
  put: (change: Partial<MeasureDraft>) => void
}

export function MeasureFields({ measure, put }: MeasureFieldsProps) {
  return (
    <fieldset class="field">
      <legend>How we see that it is better</legend>
      <div class="measure-field">
        <input
          class="input"
          aria-label="What is measured"
          placeholder="Searches that find nothing, each week"
          value={measure.what}
          maxLength={160}
          onInput={(event) => put({ what: event.currentTarget.value })}
        />
        <span class="select">
          <select
            class="input"
            aria-label="How it is measured"
            value={measure.method}
            onChange={(event) => put({ method: event.currentTarget.value as Measure['method'] })}
          >
            {(Object.keys(METHOD_WORDS) as Measure['method'][]).map((method) => (
              <option key={method} value={method} selected={method === measure.method}>
                {METHOD_WORDS[method]}
              </option>
            ))}
          </select>
          <Icon name="down" small />
        </span>
        <input
          class="input"
          aria-label="Unit"
          placeholder="Unit, such as %"
          value={measure.unit}
          maxLength={13}
          onInput={(event) => put({ unit: event.currentTarget.value })}
        />
      </div>
      <div class="measure-field">
        {FIGURES.map((name) => (
          <label class="figure" key={name}>
            {FIGURE_WORDS[name]}
            <input
              class="input"
              type="number"
              step="any"
              value={measure[name]}
              onInput={(event) => put({ [name]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
