import { useSignal } from '@preact/signals'

import type { EntryDetail } from '#shared/api/entry'
import { EFFORT_WORDS, IMPACT_WORDS } from '#shared/entry'

import { EffortSign } from '../parts/EffortSign'
import { Icon } from '../parts/Icon'
import { ImpactSign } from '../parts/ImpactSign'
import { Person } from '../parts/Person'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { CHANNEL_WORDS, count, noonOf, toLongDay } from '../words'
import { FactsDialog } from './FactsDialog'
import { HandOffDialog } from './HandOffDialog'
import type { Judgement } from './judgement'

interface FactsProps {
  detail: EntryDetail
  mayChange: boolean
  /** True once it is saved. */
  judge: (change: Judgement) => Promise<boolean>
}

/** Facts at a glance; what a reviewer judges is changed where it stands. */
export function Facts({ detail, mayChange, judge }: FactsProps) {
  const { entry, work, owners } = detail
  const isEditing = useSignal(false)
  const isKeep = entry.mood === 'liked'
  return (
    <section>
      <dl class="facts">
        <dt>State</dt>
        <dd>
          <StateSign state={entry.state} regressions={entry.regressions} />
        </dd>
        <dt id="f-owner">Owner</dt>
        <dd>
          {mayChange ? (
            <OwnerPick entry={entry} owners={owners} judge={judge} />
          ) : (
            <Person name={entry.owner?.name ?? null} />
          )}
          {entry.handOffs > 0 && <span class="meta">{count(entry.handOffs, 'hand-off')}</span>}
        </dd>
        {work.accountable !== '' && (
          <>
            <dt>Accountable</dt>
            <dd>{work.accountable}</dd>
          </>
        )}
        {!isKeep && (
          <>
            <dt id="f-impact">Impact</dt>
            <dd>
              <ImpactSign impact={entry.impact} />
              <Words
                known={entry.impact === null ? null : IMPACT_WORDS[entry.impact]}
                shown={!mayChange}
              />
              {mayChange && (
                <Choice
                  labelledby="f-impact"
                  value={String(entry.impact ?? '')}
                  options={[
                    ['', 'Set the impact'],
                    ...([4, 3, 2, 1] as const).map(
                      (impact) => [String(impact), IMPACT_WORDS[impact]] as const,
                    ),
                  ]}
                  choose={(impact) =>
                    void judge({ impact: impact === '' ? null : (Number(impact) as 1 | 2 | 3 | 4) })
                  }
                />
              )}
            </dd>
            <dt id="f-effort">Effort</dt>
            <dd>
              <EffortSign effort={entry.effort} />
              <Words
                known={entry.effort === null ? null : EFFORT_WORDS[entry.effort]}
                shown={!mayChange}
              />
              {mayChange && (
                <Choice
                  labelledby="f-effort"
                  value={entry.effort ?? ''}
                  options={[
                    ['', 'Set the effort'],
                    ...(['S', 'M', 'L', 'XL'] as const).map(
                      (effort) => [effort, EFFORT_WORDS[effort]] as const,
                    ),
                  ]}
                  choose={(effort) =>
                    void judge({
                      effort: effort === '' ? null : (effort as 'S' | 'M' | 'L' | 'XL'),
                    })
                  }
                />
              )}
            </dd>
          </>
        )}
        <dt>Reach</dt>
        <dd>
          Noted by {count(entry.leaders, 'leader')}, {count(entry.notes, 'note')}
          {entry.monthly !== null && (
            <span class="meta">
              {count(entry.monthly.customers, 'customer')} a month: {entry.monthly.source}
            </span>
          )}
        </dd>
        {!isKeep && (
          <>
            <dt>Worst</dt>
            <dd>
              <Tile mood={entry.mood} wince={entry.worst} />
            </dd>
          </>
        )}
        <dt id="f-service">Service</dt>
        <dd>{entry.service ?? <span class="soft">not named</span>}</dd>
        <dt>Channel</dt>
        <dd>
          <span class="cap">{CHANNEL_WORDS[entry.channel]}</span>
        </dd>
        {entry.free && !isKeep && (
          <>
            <dt>Money</dt>
            <dd>Somebody called it free to fix</dd>
          </>
        )}
        {entry.cost !== null && (
          <>
            <dt>Cost</dt>
            <dd class="num">{entry.cost === 0 ? 'Free' : entry.cost.toLocaleString('en-GB')}</dd>
          </>
        )}
        {entry.due !== null && (
          <>
            <dt>Due</dt>
            <dd class="num">{toLongDay(noonOf(entry.due))}</dd>
          </>
        )}
        {work.promiseBroken !== '' && (
          <>
            <dt>Promise broken</dt>
            <dd>“{work.promiseBroken}”</dd>
          </>
        )}
        <dt>Opened</dt>
        <dd class="num">{toLongDay(entry.openedAt)}</dd>
        <dt>Changed</dt>
        <dd class="num">{toLongDay(entry.changedAt)}</dd>
      </dl>
      {mayChange && (
        <button class="btn small quiet" type="button" onClick={() => (isEditing.value = true)}>
          <Icon name="pencil" small /> Edit facts
        </button>
      )}
      {isEditing.value && (
        <FactsDialog
          detail={detail}
          save={async (change) => {
            if (await judge(change)) isEditing.value = false
          }}
          onClose={() => (isEditing.value = false)}
        />
      )}
    </section>
  )
}

function Words({ known, shown }: { known: string | null; shown: boolean }) {
  return shown && known !== null ? <span class="meta">{known}</span> : null
}

interface OwnerPickProps {
  entry: EntryDetail['entry']
  owners: EntryDetail['owners']
  judge: (change: Judgement) => Promise<boolean>
}

/** Exactly one owner, or nobody yet. */
function OwnerPick({ entry, owners, judge }: OwnerPickProps) {
  /** Whom it is to pass to, while the reason is asked for; undefined when nobody is asked. */
  const passing = useSignal<string | null | undefined>(undefined)
  const choose = (id: string | null) => {
    if (entry.owner === null) void judge({ owner: id })
    else passing.value = id
  }
  return (
    <>
      <span class="sign-pick">
        <Person name={entry.owner?.name ?? null} />
        <Icon name="down" small />
        <select
          aria-labelledby="f-owner"
          value={entry.owner?.id ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            // It stays with whom it is until the reason is said.
            event.currentTarget.value = entry.owner?.id ?? ''
            choose(value || null)
          }}
        >
          <option value="">No owner</option>
          {owners.map(({ id, name }) => (
            <option key={id} value={id} selected={id === entry.owner?.id}>
              {name}
            </option>
          ))}
        </select>
      </span>
      {passing.value !== undefined && (
        <HandOffDialog
          from={entry.owner?.name ?? ''}
          to={owners.find(({ id }) => id === passing.value)?.name ?? null}
          handOff={async (reason) => {
            const owner = passing.peek() ?? null
            if (await judge({ owner, reason })) passing.value = undefined
          }}
          onClose={() => (passing.value = undefined)}
        />
      )}
    </>
  )
}

interface ChoiceProps {
  labelledby: string
  value: string
  options: readonly (readonly [value: string, words: string])[]
  choose: (value: string) => void
}

/** A select that reads as the line under a fact. */
function Choice({ labelledby, value, options, choose }: ChoiceProps) {
  return (
    <span class="inline-pick">
      <select
        aria-labelledby={labelledby}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {options.map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </span>
  )
}
