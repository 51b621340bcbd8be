import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'

import { browserClock } from '../clock'
import { DevicesModel } from '../devices/devices'
import { DevicesList } from '../devices/DevicesList'
import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { CodeCard } from './CodeCard'
import { ConnectModel } from './connect'
import { MiniPanel } from './MiniPanel'

interface ConnectProps {
  api: ApiClient
  /** Whose browser it will be. */
  person: { id: string; name: string }
  heading: string
}

/** The code, how to use it, and what is connected: beside the wizard's steps or by itself. */
export function Connect({ api, person, heading }: ConnectProps) {
  const devices = useModel(() => new DevicesModel(api))
  const connect = useModel(
    () => new ConnectModel({ api, clock: browserClock, onConnected: () => void devices.reload() }),
  )
  useEffect(() => {
    void connect.ask(person.id)
    void devices.reload()
  }, [connect, devices, person.id])
  const pairing = connect.state.value
  return (
    <div class="connect">
      <div class="work">
        <div>
          <h1 tabIndex={-1}>{heading}</h1>
          <p class="lede">
            Notes stay on the device until Send is pressed. Connecting only tells the browser where
            Send goes.
          </p>
        </div>
        <CodeCard person={person} connect={connect} />
        <ol class="how">
          <li>
            <span class="n">1</span>
            <p>Add Wince to the browser, or ask IT to push it.</p>
          </li>
          <li>
            <span class="n">2</span>
            <p>
              Open the side panel and choose <b>Connect to your team</b>.
            </p>
          </li>
          <li>
            <span class="n">3</span>
            <p>
              Paste the link, or type the address and the code. This page says so when it worked.
            </p>
          </li>
        </ol>
        {pairing.status === 'connected' ? (
          <Notice icon="check" tone="done" live>
            <p>
              <b>{pairing.deviceName}</b> is connected. Nothing was sent by connecting.
            </p>
          </Notice>
        ) : (
          <Notice icon="clock" live>
            <p>
              Waiting for the browser… Walks and notes can be taken meanwhile: nothing is lost by
              connecting later.
            </p>
          </Notice>
        )}
        {pairing.status === 'connected' && (
          <p class="wrap">
            <a class="btn primary" href="/">
              Go to this week
            </a>
            <button class="btn quiet" type="button" onClick={() => void connect.ask(person.id)}>
              <Icon name="plus" /> Connect another one
            </button>
          </p>
        )}
      </div>
      <aside class="rail" aria-label="In the browser">
        <section>
          <h2>What you will see there</h2>
          <MiniPanel code={pairing.status === 'waiting' ? pairing.code : ''} />
        </section>
        <section aria-labelledby="connected">
          <h2 id="connected">Connected browsers</h2>
          <DevicesList devices={devices} atMost={3} />
        </section>
      </aside>
    </div>
  )
}
