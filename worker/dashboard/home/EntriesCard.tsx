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
  /** Impact, effort and owner are known: numbered, with all three. */
  judged?: boolean
}

export function EntriesCard({ title, aside, entries, judged = false }: EntriesCardProps) {
  const id = `h-${title.replaceAll(' ', '-').toLowerCase()}`
  return (
    <section class="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <span class="meta">{aside}</span>
      </header>
      {entries.length === 0 ? (
        <p class="foot">Nothing is open.</p>
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
                  <Person name={entry.owner?.name ?? null} />
                </>
              ) : (
                <StateSign state={entry.state} />
              )}
            </li>
          ))}
        </ol>
      )}
      <p class="foot">
        <a href={judged ? '/register' : '/register?sort=newest'}>
          {judged ? 'All open entries' : 'All, newest first'}
        </a>
      </p>
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
