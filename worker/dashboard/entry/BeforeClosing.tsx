import type { EntryDetail } from '#shared/api/entry'
import { isOpen } from '#shared/entry'
import { factsOf } from '#shared/entry-facts'
import { beforeClosing, REQUIREMENT_WORDS } from '#shared/entry-moves'

import { Icon } from '../parts/Icon'
import { count } from '../words'
import { MET_WORDS, WHERE_SAID } from './work-words'

/** What is still to be done before an open entry can close, and what is. */
export function BeforeClosing({ detail: { entry, work, told } }: { detail: EntryDetail }) {
  if (entry.mood === 'liked' || !isOpen(entry.state)) return null
  return (
    <section aria-labelledby="before">
      <h2 id="before">Before it can close</h2>
      <ul class="checks">
        {beforeClosing(factsOf(entry, work, told)).map(({ requirement, isMet }) => (
          <li key={requirement} class={isMet ? 'ok' : ''}>
            <Icon name={isMet ? 'check' : 'clock'} />
            {isMet ? (
              <span>
                <span class="vh">Done: </span>
                {MET_WORDS[requirement]}
              </span>
            ) : (
              <a href={`#${WHERE_SAID[requirement] ?? 'main'}`}>
                {requirement === 'follow-ups'
                  ? `${count(entry.followUps.open, 'customer')} still waiting to hear from us`
                  : REQUIREMENT_WORDS[requirement]}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
