import { useModel, createModel, signal, computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { PeopleApi } from '#shared/api/people'
import { EFFORT_WORDS, type Effort, IMPACT_WORDS, type Impact } from '#shared/entry'

import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'
import { mayChangeEntries } from '../parts/roles'
import { count } from '../words'
import { type Chosen, type ChosenEntry, type Judgement, isHandOff } from './chosen'

export type JudgeField = 'impact' | 'effort' | 'owner'

/** Stays as it is, and set to nothing; neither can be the value of a select's option otherwise. */
const AS_IT_IS = 'as-it-is'
const NONE = 'none'

interface JudgeDeps {
  api: Pick<PeopleApi, 'listPeople'>
  entries: readonly ChosenEntry[]
}

const JudgeModel = createModel(({ api, entries }: JudgeDeps) => {
  const [only] = entries.length === 1 ? entries : []
  const impact = signal(only ? String(only.impact ?? NONE) : AS_IT_IS)
  const effort = signal(only ? (only.effort ?? NONE) : AS_IT_IS)
  const owner = signal(only ? (only.owner?.id ?? NONE) : AS_IT_IS)
  const reason = signal('')
  const owners = signal<{ id: string; name: string }[]>(only?.owner ? [only.owner] : [])
  const judgement = computed(() => toJudgement(impact.value, effort.value, owner.value))
  const asksWhy = computed(() => entries.some((entry) => isHandOff(entry, judgement.value.owner)))
  return {
    impact,
    effort,
    owner,
    reason,
    owners,
    asksWhy,
    canSave: computed(() => !asksWhy.value || reason.value.trim() !== ''),

    async findOwners(): Promise<void> {
      try {
        const people = await api.listPeople()
        owners.value = people.people
          .filter(({ role }) => mayChangeEntries(role))
          .map(({ id, name }) => ({ id, name }))
      } catch (error) {
        console.error('owners not loaded', error)
      }
    },

    /** Only what differs from what is there. */
    changes(): Judgement {
      const { impact: toImpact, effort: toEffort, owner: toOwner } = judgement.peek()
      const differs = (key: 'impact' | 'effort', to: unknown) =>
        to !== undefined && entries.some((entry) => entry[key] !== to)
      return {
        ...(differs('impact', toImpact) && { impact: toImpact ?? null }),
        ...(differs('effort', toEffort) && { effort: toEffort ?? null }),
        ...(toOwner !== undefined &&
          entries.some((entry) => (entry.owner?.id ?? null) !== toOwner) && { owner: toOwner }),
        ...(asksWhy.peek() && { reason: reason.peek().trim() }),
      }
    },
  }
})

function toJudgement(impact: string, effort: string, owner: string): Judgement {
  return {
    ...(impact !== AS_IT_IS && { impact: impact === NONE ? null : (Number(impact) as Impact) }),
    ...(effort !== AS_IT_IS && { effort: effort === NONE ? null : (effort as Effort) }),
    ...(owner !== AS_IT_IS && { owner: owner === NONE ? null : owner }),
  }
}

interface JudgeSheetProps {
  api: Pick<PeopleApi, 'listPeople'>
  entries: readonly ChosenEntry[]
  /** Where the focus goes: the key that opened it. */
  first: JudgeField
  chosen: Chosen
  onClose: () => void
}

/** Impact, effort and owner of one entry, or of all that are chosen. */
export function JudgeSheet({ api, entries, first, chosen, onClose }: JudgeSheetProps) {
  const model = useModel(() => new JudgeModel({ api, entries }))
  useEffect(() => void model.findOwners(), [model])
  const [only] = entries.length === 1 ? entries : []
  const save = () => {
    const changes = model.changes()
    onClose()
    if (Object.keys(changes).length > 0) void chosen.judge(entries, changes)
  }
  return (
    <Sheet
      title={only ? `${only.number} · ${only.title}` : count(entries.length, 'entry', 'entries')}
      onClose={onClose}
    >
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (model.canSave.value) save()
        }}
      >
        <Field
          label="Impact"
          isFirst={first === 'impact'}
          isMany={!only}
          value={model.impact.value}
          options={(['4', '3', '2', '1'] as const).map((each) => [
            each,
            `${each} · ${IMPACT_WORDS[each]}`,
          ])}
          choose={(value) => (model.impact.value = value)}
        />
        <Field
          label="Effort"
          isFirst={first === 'effort'}
          isMany={!only}
          value={model.effort.value}
          options={(['S', 'M', 'L', 'XL'] as const).map((each) => [
            each,
            `${each} · ${EFFORT_WORDS[each]}`,
          ])}
          choose={(value) => (model.effort.value = value)}
        />
        <Field
          label="Owner"
          isFirst={first === 'owner'}
          isMany={!only}
          value={model.owner.value}
          options={model.owners.value.map(({ id, name }) => [id, name])}
          choose={(value) => (model.owner.value = value)}
        />
        {model.asksWhy.value && (
          <div class="field">
            <label htmlFor="hand-off">Why it passes on</label>
            <textarea
              class="input"
              id="hand-off"
              rows={2}
              maxLength={500}
              value={model.reason.value}
              onInput={(event) => (model.reason.value = event.currentTarget.value)}
            />
            <p class="hint">One person sees it through: a hand-off is counted, with its reason.</p>
          </div>
        )}
        {chosen.acting.value.status === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{chosen.acting.value.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!model.canSave.value}>
            Save
          </button>
          <button class="btn quiet" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Sheet>
  )
}

interface FieldProps {
  label: string
  isFirst: boolean
  isMany: boolean
  value: string
  options: (readonly [value: string, words: string])[]
  choose: (value: string) => void
}

function Field({ label, isFirst, isMany, value, options, choose }: FieldProps) {
  const id = `judge-${label.toLowerCase()}`
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <select
        class="input"
        id={id}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the key that opened the dialog named it
        autoFocus={isFirst}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {isMany && (
          <option value={AS_IT_IS} selected={value === AS_IT_IS}>
            As it is
          </option>
        )}
        <option value={NONE} selected={value === NONE}>
          {label === 'Owner' ? 'No owner' : 'Not set'}
        </option>
        {options.map(([each, words]) => (
          <option key={each} value={each} selected={value === each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}
