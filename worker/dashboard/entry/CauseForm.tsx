import { useSignal } from '@preact/signals'

import { CAUSE_WORDS, type EntryWork, type Why, WHYS_MAX } from '#shared/work'

import { Icon } from '../parts/Icon'
import { FormEnd } from './FormEnd'
import type { Judgement } from './judgement'
import { TextArea } from './TextArea'
import { useNewRow } from './use-new-row'

interface CauseFormProps {
  work: EntryWork
  save: (change: Judgement) => Promise<void>
  leave: () => void
}

type Area = EntryWork['causeAreas'][number]

export function CauseForm({ work, save, leave }: CauseFormProps) {
  const draft = useSignal({
    howItHappened: work.howItHappened,
    neverAgain: work.neverAgain,
    whyObvious: work.whyObvious,
    whys: work.whys,
    causeAreas: work.causeAreas,
    isSystemic: work.isSystemic,
  })
  const put = (change: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...change }
  }
  const { howItHappened, neverAgain, whyObvious, whys, causeAreas, isSystemic } = draft.value
  return (
    <form
      class="fields"
      aria-label="Root cause"
      onSubmit={(event) => {
        event.preventDefault()
        void save({ ...draft.value, whys: withoutEmpty(whys) })
      }}
    >
      <TextArea
        id="how"
        label="How did it happen?"
        value={howItHappened}
        first
        put={(value) => put({ howItHappened: value })}
      />
      <WhyFields whys={whys} put={(value) => put({ whys: value })} />
      <TextArea
        id="never"
        label="How do we make sure it never does again?"
        value={neverAgain}
        put={(value) => put({ neverAgain: value })}
      />
      <fieldset class="field">
        <legend>Where the cause lies</legend>
        <div class="wrap">
          {(Object.keys(CAUSE_WORDS) as Area[]).map((area) => (
            <label class="chip" key={area}>
              <input
                class="vh"
                type="checkbox"
                checked={causeAreas.includes(area)}
                onChange={() =>
                  put({
                    causeAreas: causeAreas.includes(area)
                      ? causeAreas.filter((each) => each !== area)
                      : [...causeAreas, area],
                  })
                }
              />
              {CAUSE_WORDS[area]}
            </label>
          ))}
          <label class="chip">
            <input
              class="vh"
              type="checkbox"
              checked={isSystemic}
              onChange={() => put({ isSystemic: !isSystemic })}
            />
            Systemic: it comes back elsewhere
          </label>
        </div>
      </fieldset>
      <TextArea
        id="obvious"
        label="Or is the cause obvious? Then say why."
        value={whyObvious}
        put={(value) => put({ whyObvious: value })}
      />
      <FormEnd save="Save the cause" leave={leave} />
    </form>
  )
}

/** Answers that nobody wrote go, and what stood under them stands under what they explained. */
function withoutEmpty(whys: readonly Why[]): Why[] {
  const places = new Map<number, number | null>()
  const kept: Why[] = []
  for (const [index, why] of whys.entries()) {
    const under = why.under === null ? null : (places.get(why.under) ?? null)
    if (why.words.trim() === '') places.set(index, under)
    else {
      places.set(index, kept.length)
      kept.push({ ...why, under })
    }
  }
  return kept
}

function WhyFields({ whys, put }: { whys: readonly Why[]; put: (whys: Why[]) => void }) {
  const list = useNewRow(whys.length)
  const change = (at: number, value: Partial<Why>) =>
    put(whys.map((why, index) => (index === at ? { ...why, ...value } : why)))
  return (
    <fieldset class="field" ref={list}>
      <legend>Why, and why that?</legend>
      {whys.map((why, index) => (
        <div class="row why-field" key={index}>
          <input
            class="input"
            aria-label={`Why ${index + 1}`}
            placeholder={index === 0 ? 'What happened' : 'Because …'}
            value={why.words}
            maxLength={160}
            onInput={(event) => change(index, { words: event.currentTarget.value })}
          />
          <input
            class="input"
            aria-label={`What shows why ${index + 1}`}
            placeholder="What shows it"
            value={why.evidence}
            maxLength={160}
            onInput={(event) => change(index, { evidence: event.currentTarget.value })}
          />
          {index > 0 && (
            <span class="select">
              <select
                class="input"
                aria-label={`What why ${index + 1} explains`}
                value={String(why.under ?? '')}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  change(index, { under: value === '' ? null : Number(value) })
                }}
              >
                <option value="" selected={why.under === null}>
                  on its own
                </option>
                {whys.slice(0, index).map((_above, above) => (
                  <option key={above} value={String(above)} selected={why.under === above}>
                    explains {above + 1}
                  </option>
                ))}
              </select>
              <Icon name="down" small />
            </span>
          )}
        </div>
      ))}
      {whys.length < WHYS_MAX && (
        <button
          class="btn small"
          type="button"
          onClick={() =>
            put([
              ...whys,
              { words: '', evidence: '', under: whys.length === 0 ? null : whys.length - 1 },
            ])
          }
        >
          <Icon name="plus" small />{' '}
          {whys.length === 0 ? 'Start with what happened' : 'Ask why again'}
        </button>
      )}
    </fieldset>
  )
}
