import type { Hint } from '#shared/wording'

import { Icon } from '../parts/Icon'

/** What the wording check says, each with its reason; it never holds up a save. */
export function Hints({ hints }: { hints: readonly Hint[] }) {
  return (
    <ul class="checks" aria-label="How it reads">
      {hints.map(({ what, isMet, sentence, why }) => (
        <li key={what} class={isMet ? 'ok' : undefined}>
          <Icon name={isMet ? 'check' : 'info'} />
          <span>
            {sentence}
            {!isMet && <span class="meta">{why}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
