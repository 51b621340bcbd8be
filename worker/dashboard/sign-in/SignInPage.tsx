import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { Frame } from '../parts/Frame'
import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { browserPasskeys } from '../passkeys'
import { SignInModel } from './sign-in'

export function SignInPage({ api, onSignedIn }: { api: ApiClient; onSignedIn: (me: Me) => void }) {
  const form = useModel(() => new SignInModel({ api, passkeys: browserPasskeys, onSignedIn }))
  useEffect(() => void form.look(), [form])
  const status = form.status.value
  return (
    <Frame title="Sign in" class="narrow">
      <div class="work">
        <div>
          <h1>Sign in</h1>
          <p class="lede">To read the register, judge what it holds, and connect browsers.</p>
        </div>
        {form.isNew.value && (
          <Notice icon="flag" live>
            <p>Starting here? Open the first-run link that was printed when Wince was started.</p>
          </Notice>
        )}
        <section class="card pad" aria-label="With a passkey">
          {form.supportsPasskeys.value ? (
            <button
              class="btn primary wide"
              type="button"
              disabled={status !== 'resting'}
              aria-busy={status === 'passkey'}
              onClick={() => void form.withPasskey()}
            >
              <Icon name="key" />{' '}
              {status === 'passkey' ? 'Asking your browser…' : 'Sign in with a passkey'}
            </button>
          ) : (
            <p class="soft">This browser has no passkeys. Use one of your codes.</p>
          )}
          <form
            class="field"
            onSubmit={(event) => {
              event.preventDefault()
              void form.withCode()
            }}
          >
            <label htmlFor="code">Or with a code</label>
            <p class="hint">
              A recovery code, or a sign-in code that an admin made for you. Each works once.
            </p>
            <div class="line">
              <input
                class="input mono"
                id="code"
                value={form.code.value}
                autoComplete="one-time-code"
                autoCapitalize="characters"
                spellcheck={false}
                maxLength={100}
                onInput={(event) => form.setCode(event.currentTarget.value)}
              />
              <button
                class="btn"
                type="submit"
                disabled={!form.canUseCode.value}
                aria-busy={status === 'code'}
              >
                Sign in
              </button>
            </div>
          </form>
        </section>
        <div aria-live="assertive">
          {form.problem.value !== '' && (
            <Notice icon="warn" tone="late">
              <p>{form.problem.value}</p>
            </Notice>
          )}
        </div>
        <p class="meta">
          Leaders need no account to walk and take notes: the browser extension works by itself.
        </p>
      </div>
    </Frame>
  )
}
