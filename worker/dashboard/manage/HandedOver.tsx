import { useEffect, useRef } from 'preact/hooks'

import { CopyButton } from '../parts/CopyButton'
import { toDayAndTime } from '../words'
import { browserClock } from '../clock'
import type { Handed } from './people'

/** A link or a code that is shown this once, to be handed on. */
export function HandedOver({ handed, putAway }: { handed: Handed; putAway: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [handed])
  const text = handed.what === 'invite' ? handed.link : handed.code
  return (
    <section class="handed" aria-labelledby="h-handed">
      <h3 id="h-handed" tabIndex={-1} ref={heading}>
        {handed.what === 'invite' ? 'Invite link' : 'Sign-in code'} for {handed.person.name}
      </h3>
      <p class="secret">
        <code>{text}</code>
      </p>
      <p class="meta">
        Works once, until {toDayAndTime(handed.expiresAt, browserClock.now())}. Hand it on by a way
        you trust; it is not shown again.
      </p>
      <div class="wrap">
        <CopyButton
          text={text}
          words={handed.what === 'invite' ? 'Copy the link' : 'Copy the code'}
        />
        <button class="btn quiet" type="button" onClick={putAway}>
          Put it away
        </button>
      </div>
    </section>
  )
}
