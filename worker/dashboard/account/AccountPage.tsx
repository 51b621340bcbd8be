import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { browserClock } from '../clock'
import { Icon } from '../parts/Icon'
import { KeepCodes } from '../parts/KeepCodes'
import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { Page } from '../parts/Page'
import { ROLE_HINTS, ROLE_WORDS } from '../parts/roles'
import { Trouble } from '../parts/Trouble'
import { browserPasskeys } from '../passkeys'
import { count, toAgo, toLongDay } from '../words'
import { AccountModel, type AccountState } from './account'

interface AccountPageProps {
  api: ApiClient
  me: Me
  onSignedOut: () => void
}

export function AccountPage({ api, me, onSignedOut }: AccountPageProps) {
  const account = useModel(() => new AccountModel({ api, passkeys: browserPasskeys, onSignedOut }))
  useEffect(() => void account.reload(), [account])
  const state = account.state.value
  const codes = account.newCodes.value
  return (
    <Page title={me.person.name} class="account">
      {codes ? (
        <KeepCodes codes={codes} onKept={account.codesAreKept} />
      ) : (
        <>
          <header class="head">
            <h1>{me.person.name}</h1>
            <p class="soft cap">
              {ROLE_WORDS[me.person.role]}. {ROLE_HINTS[me.person.role]}.
            </p>
            <span class="grow" />
            <button class="btn" type="button" onClick={() => void account.signOut()}>
              Sign out
            </button>
          </header>
          {state.status === 'loading' && <Loading />}
          {(state.status === 'failed' || state.status === 'missing') && (
            <Trouble retry={account.reload} />
          )}
          {account.problem.value !== '' && (
            <Notice icon="warn" tone="late" live>
              <p>{account.problem.value}</p>
            </Notice>
          )}
          {state.status === 'ready' && (
            <div class="cards">
              <Passkeys account={account} known={state.value.account} />
              <Sessions account={account} sessions={state.value.sessions} />
            </div>
          )}
        </>
      )}
    </Page>
  )
}

type Ready = Extract<AccountState['state']['value'], { status: 'ready' }>['value']

function Passkeys({ account, known }: { account: AccountState; known: Ready['account'] }) {
  const isOnly = known.passkeys.length === 1
  return (
    <section class="card pad fields" aria-labelledby="h-keys">
      <h2 id="h-keys">How you sign in</h2>
      <ul class="dev">
        {known.passkeys.map((passkey) => (
          <li key={passkey.id}>
            <Icon name="key" />
            <p>
              <b>{passkey.name}</b>
              <span class="meta">
                made {toLongDay(passkey.createdAt)}
                {passkey.lastUsedAt !== null &&
                  `, last used ${toAgo(passkey.lastUsedAt, browserClock.now())}`}
              </span>
            </p>
            <button
              class="btn small"
              type="button"
              aria-label={`Remove the passkey ${passkey.name}`}
              disabled={account.working.value || (isOnly && known.recoveryCodesLeft === 0)}
              onClick={() => void account.removePasskey(passkey.id)}
            >
              Remove
            </button>
          </li>
        ))}
        <li>
          <Icon name="lock" />
          <p>
            <b>{count(known.recoveryCodesLeft, 'recovery code')} left</b>
            <span class="meta">Each works once. New ones end the old ones.</span>
          </p>
          <button
            class="btn small"
            type="button"
            disabled={account.working.value}
            onClick={() => void account.makeRecoveryCodes()}
          >
            Make new ones
          </button>
        </li>
      </ul>
      {account.supportsPasskeys.value && (
        <p>
          <button
            class="btn"
            type="button"
            disabled={account.working.value}
            onClick={() => void account.addPasskey()}
          >
            <Icon name="plus" /> Add a passkey
          </button>
        </p>
      )}
    </section>
  )
}

function Sessions({ account, sessions }: { account: AccountState; sessions: Ready['sessions'] }) {
  return (
    <section class="card pad fields" aria-labelledby="h-sessions">
      <h2 id="h-sessions">Where you are signed in</h2>
      <ul class="dev">
        {sessions.map((session) => (
          <li key={session.id}>
            <Icon name="device" />
            <p>
              <b>{session.label}</b>
              <span class="meta">
                {session.current
                  ? 'this browser'
                  : `seen ${toAgo(session.lastSeenAt, browserClock.now())}`}
                , until {toLongDay(session.expiresAt)}
              </span>
            </p>
            {!session.current && (
              <button
                class="btn small"
                type="button"
                aria-label={`Sign out of ${session.label}`}
                disabled={account.working.value}
                onClick={() => void account.endSession(session.id)}
              >
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
