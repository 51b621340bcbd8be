import { useModel } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { Connect } from '../connect/Connect'
import { Frame } from '../parts/Frame'
import { KeepCodes } from '../parts/KeepCodes'
import { browserPasskeys } from '../passkeys'
import { OrganisationStep, PicturesStep, SignInStep } from './SetupForms'
import { SetupModel, type SetupStep } from './setup'
import { Steps } from './Steps'

interface SetupPageProps {
  api: ApiClient
  token: string
  onDone: (me: Me) => void
}

const TITLES: Record<SetupStep | 'closed', string> = {
  closed: 'First run',
  organisation: 'Your organisation',
  pictures: 'What pictures may show',
  'sign-in': 'How you sign in',
  codes: 'Your recovery codes',
  connect: 'Connect a browser',
}

export function SetupPage({ api, token, onDone }: SetupPageProps) {
  const setup = useModel(() => new SetupModel({ api, passkeys: browserPasskeys, token, onDone }))
  const state = setup.state.value
  const work = useRef<HTMLDivElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) work.current?.querySelector('h1')?.focus()
    isFirst.current = false
  }, [state.step])
  if (state.step === 'closed') return <Closed />
  return (
    <Frame
      title={TITLES[state.step]}
      aside={
        state.step === 'connect' && (
          <a class="btn quiet" href="/">
            Finish later
          </a>
        )
      }
    >
      <nav aria-label="First run">
        <Steps setup={setup} step={state.step} />
      </nav>
      <div class="step" ref={work}>
        {state.step === 'organisation' && <OrganisationStep setup={setup} />}
        {state.step === 'pictures' && <PicturesStep setup={setup} />}
        {state.step === 'sign-in' && <SignInStep setup={setup} />}
        {state.step === 'codes' && (
          <KeepCodes codes={state.recoveryCodes} onKept={setup.codesAreKept} />
        )}
        {state.step === 'connect' && (
          <Connect api={api} person={state.me.person} heading="Connect your browser" />
        )}
      </div>
    </Frame>
  )
}

function Closed() {
  return (
    <Frame title={TITLES.closed} class="narrow">
      <div class="work">
        <div>
          <h1>This link does not open a first run</h1>
          <p class="lede">
            It was used already, or it is not complete. The link is printed in full when Wince is
            started; what follows the # belongs to it.
          </p>
        </div>
        <p class="wrap">
          <a class="btn" href="/">
            Sign in instead
          </a>
        </p>
      </div>
    </Frame>
  )
}
