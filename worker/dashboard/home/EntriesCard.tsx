import type { ComponentChildren } from 'preact'

import type { EntryRow } from '#shared/api/register'

import { EffortSign } from '../parts/EffortSign'
import { ImpactSign } from '../parts/ImpactSign'
import { Person } from '../parts/Person'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { count } from '../words'

interface EntriesCardProps {
  title: string
  aside: string
  entries: EntryRow[]
  /** Impact and effort are known: numbered, with both. */
  judged?: boolean
  /** In place of an owner where there is none; null for who may give none. */
  give: ((entry: EntryRow) => ComponentChildren) | null
  foot: ComponentChildren
}

export function EntriesCard({
  title,
  aside,
  entries,
  judged = false,
  give,
  foot,
}: EntriesCardProps) {
  const id = `h-${title.replaceAll(' ', '-').toLowerCase()}`
  return (
    <section class="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <span class="meta">{aside}</span>
      </header>
      {entries.length === 0 ? (
        <p class="foot">Everything that is open has an owner.</p>
      ) : (
        <ol class={judged ? 'qw rows' : 'qw fresh rows'}>
          {entries.map((entry) => (
            <li key={entry.number}>
              {!judged && <Tile mood={entry.mood} wince={entry.worst} />}
              <div>
                <a href={`/register/${entry.number}`}>{entry.title}</a>
                <p class="line">{factsOf(entry)}</p>
              </div>
              {judged ? (
                <>
                  <ImpactSign impact={entry.impact} />
                  <EffortSign effort={entry.effort} />
                </>
              ) : (
                <StateSign state={entry.state} regressions={entry.regressions} />
              )}
              {entry.owner === null && give !== null ? (
                give(entry)
              ) : (
                <Person name={entry.owner?.name ?? null} />
              )}
            </li>
          ))}
        </ol>
      )}
      <p class="foot">{foot}</p>
    </section>
  )
}

function factsOf(entry: EntryRow): string {
  return [
    `#${entry.number}`,
    `noted by ${count(entry.leaders, 'leader')}`,
    entry.service,
    entry.free ? 'free to fix' : null,
  ]
    .filter((fact) => fact !== null)
    .join(' · ')
}
