import { useModel } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { Frame } from '../parts/Frame'
import { Icon } from '../parts/Icon'
import { KeepCodes } from '../parts/KeepCodes'
import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { ROLE_HINTS, ROLE_WORDS } from '../parts/roles'
import { Trouble } from '../parts/Trouble'
import { browserPasskeys } from '../passkeys'
import { JoinModel } from './join'

interface JoinPageProps {
  api: ApiClient
  token: string
  onJoined: (me: Me) => void
}

export function JoinPage({ api, token, onJoined }: JoinPageProps) {
  const { route } = useLocation()
  const join = useModel(() => new JoinModel({ api, passkeys: browserPasskeys, token, onJoined }))
  useEffect(() => void join.look(), [join])
  const state = join.state.value
  return (
    <Frame title="Invitation" class="narrow">
      {state.status === 'codes' ? (
        <KeepCodes codes={state.recoveryCodes} onKept={() => route('/')} />
      ) : (
        <div class="work">
          {state.status === 'looking' && <Loading />}
          {state.status === 'failed' && <Trouble retry={join.look} />}
          {state.status === 'closed' && (
            <>
              <div>
                <h1>This invitation does not open</h1>
                <p class="lede">
                  Links work once and for 72 hours, and have to be complete. Ask whoever invited you
                  for a new one.
                </p>
              </div>
              <p>
                <a class="btn" href="/">
                  Sign in instead
                </a>
              </p>
            </>
          )}
          {state.status === 'invited' && <Invited join={join} {...state} />}
        </div>
      )}
    </Frame>
  )
}

interface InvitedProps {
  join: InstanceType<typeof JoinModel>
  name: string
  role: keyof typeof ROLE_WORDS
  workspaceName: string
}

function Invited({ join, name, role, workspaceName }: InvitedProps) {
  const isWorking = join.working.value
  return (
    <>
      <div>
        <h1>Welcome to {workspaceName}</h1>
        <p class="lede">
          You join as <b>{name}</b>, {ROLE_WORDS[role]}. {ROLE_HINTS[role]}.
        </p>
      </div>
      <section class="card pad fields">
        {join.supportsPasskeys.value && (
          <button
            class="btn primary wide"
            type="button"
            disabled={isWorking}
            aria-busy={isWorking}
            onClick={() => void join.acceptWithPasskey()}
          >
            <Icon name="key" /> {isWorking ? 'Asking your browser…' : 'Join with a passkey'}
          </button>
        )}
        <button
          class="btn wide"
          type="button"
          disabled={isWorking}
          onClick={() => void join.acceptWithCodes()}
        >
          Recovery codes alone for now
        </button>
        <p class="hint">There are no passwords. You get ten recovery codes either way.</p>
      </section>
      <div aria-live="assertive">
        {join.problem.value !== '' && (
          <Notice icon="warn" tone="late">
            <p>{join.problem.value}</p>
          </Notice>
        )}
      </div>
    </>
  )
}
