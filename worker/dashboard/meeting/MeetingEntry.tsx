import type { ComponentChildren, RefObject } from 'preact'

import type { EntryRow } from '#shared/api/register'

import { EffortSign } from '../parts/EffortSign'
import { ImpactSign } from '../parts/ImpactSign'
import { Person } from '../parts/Person'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { whyOf } from '../register/entry-words'
import type { JudgeField } from '../register/JudgeSheet'
import { Due, Promises } from '../register/Row'
import { toAgo } from '../words'

interface MeetingEntryProps {
  entry: EntryRow
  now: number
  title: RefObject<HTMLAnchorElement | null>
  /** Null for whoever only reads. */
  judge: ((field: JudgeField) => void) | null
}

/** One entry, large enough for a room. */
export function MeetingEntry({ entry, now, title, judge }: MeetingEntryProps) {
  const { number } = entry
  return (
    <article>
      <h2>
        <Tile mood={entry.mood} wince={entry.worst} />
        <a href={`/register/${number}`} ref={title}>
          {number} · {entry.title}
        </a>
      </h2>
      <p>{whyOf(entry)}</p>
      <dl>
        <Fact term="State">
          <StateSign state={entry.state} regressions={entry.regressions} />
        </Fact>
        <Fact term="Service">{entry.service ?? 'not named'}</Fact>
        <Fact term="Owner" act={judge && (() => judge('owner'))} keyName="O">
          <Person name={entry.owner?.name ?? null} />
        </Fact>
        <Fact term="Impact" act={judge && (() => judge('impact'))} keyName="I">
          <ImpactSign impact={entry.impact} />
        </Fact>
        <Fact term="Effort" act={judge && (() => judge('effort'))} keyName="E">
          <EffortSign effort={entry.effort} />
        </Fact>
        <Fact term="Follow-ups">
          <Promises entry={entry} now={now} />
        </Fact>
        <Fact term="Due">
          <Due entry={entry} now={now} />
        </Fact>
        <Fact term="Changed">{toAgo(entry.changedAt, now)}</Fact>
      </dl>
    </article>
  )
}

interface FactProps {
  term: string
  act?: (() => void) | null
  keyName?: string
  children: ComponentChildren
}

function Fact({ term, act = null, keyName = '', children }: FactProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {children}
        {act && (
          <button class="btn small quiet" type="button" onClick={act}>
            Set <span class="vh">{term.toLowerCase()}</span> <span class="key">{keyName}</span>
          </button>
        )}
      </dd>
    </div>
  )
}
