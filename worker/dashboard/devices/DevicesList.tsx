import type { Device } from '#shared/api/pairing'

import { browserClock } from '../clock'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { Trouble } from '../parts/Trouble'
import { toAgo } from '../words'
import type { Devices } from './devices'

interface DevicesListProps {
  devices: Devices
  /** Shows the ones seen last, and where the others are. */
  atMost?: number
}

export function DevicesList({ devices, atMost = Infinity }: DevicesListProps) {
  const state = devices.state.value
  if (state.status === 'loading') return <Loading />
  if (state.status !== 'ready') return <Trouble retry={devices.reload} />
  const now = browserClock.now()
  return (
    <>
      {state.value.length === 0 && <p class="soft">None yet.</p>}
      <ul class="dev">
        {state.value.slice(0, atMost).map((device) => (
          <li key={device.id}>
            <Icon name="device" />
            <p>
              <b>
                {device.person.name}, {device.name}
              </b>
              <span class="meta">{seenInWords(device, now)}</span>
            </p>
            <button
              class="btn small"
              type="button"
              aria-label={`Disconnect ${device.name} of ${device.person.name}`}
              onClick={() => void devices.disconnect(device.id)}
            >
              Disconnect
            </button>
          </li>
        ))}
      </ul>
      {state.value.length > atMost && (
        <p class="meta">
          <a href="/manage">All {state.value.length}</a>
        </p>
      )}
      {devices.problem.value !== '' && (
        <Notice icon="warn" tone="late" live>
          <p>{devices.problem.value}</p>
        </Notice>
      )}
    </>
  )
}

function seenInWords({ lastSeenAt, lastSentAt }: Device, now: number): string {
  const sent = lastSentAt === null ? 'nothing sent yet' : `last sent ${toAgo(lastSentAt, now)}`
  return `seen ${toAgo(lastSeenAt, now)}, ${sent}`
}
