import { CopyButton } from '../parts/CopyButton'
import { Icon } from '../parts/Icon'
import { toCountdown } from '../words'
import type { ConnectModel } from './connect'

interface CodeCardProps {
  person: { id: string; name: string }
  connect: InstanceType<typeof ConnectModel>
}

export function CodeCard({ person, connect }: CodeCardProps) {
  const pairing = connect.state.value
  return (
    <section class="card code" aria-labelledby="cd">
      <h2 id="cd">For {person.name}</h2>
      {pairing.status === 'waiting' && (
        <>
          <output class="symbols" aria-label={`Pairing code, ${spelled(pairing.code)}`}>
            {pairing.code.split('-').map((group, index) => (
              <>
                {index > 0 && <i />}
                <span>{group}</span>
              </>
            ))}
          </output>
          <p class="meta">
            <Icon name="clock" />{' '}
            <span>
              <span class="num" role="timer">
                {toCountdown(connect.leftMs.value)}
              </span>{' '}
              left · works once · no letters I, L, O or U
            </span>
          </p>
          <div class="wrap">
            <CopyButton text={pairing.link} words="Copy the link" />
            <CopyButton text={pairing.code} words="Copy the code" />
            <NewCode connect={connect} personId={person.id} quiet />
          </div>
        </>
      )}
      {(pairing.status === 'asking' || pairing.status === 'resting') && (
        <output class="meta">Making a code…</output>
      )}
      {pairing.status === 'connected' && (
        <p class="soft">
          <Icon name="check" /> That code was used.
        </p>
      )}
      {pairing.status === 'expired' && (
        <>
          <p class="soft">That code ran out. Codes work once and for 15 minutes.</p>
          <NewCode connect={connect} personId={person.id} />
        </>
      )}
      {pairing.status === 'failed' && (
        <>
          <p class="soft" role="alert">
            {pairing.sentence}
          </p>
          <NewCode connect={connect} personId={person.id} />
        </>
      )}
    </section>
  )
}

interface NewCodeProps {
  connect: CodeCardProps['connect']
  personId: string
  quiet?: boolean
}

function NewCode({ connect, personId, quiet = false }: NewCodeProps) {
  return (
    <button
      class={quiet ? 'btn quiet' : 'btn'}
      type="button"
      onClick={() => void connect.ask(personId)}
    >
      New code
    </button>
  )
}

/** `7 K Q 4, M 2 X D 9`: letter by letter, a pause between groups. */
function spelled(code: string): string {
  return code
    .split('-')
    .map((group) => group.split('').join(' '))
    .join(', ')
}
