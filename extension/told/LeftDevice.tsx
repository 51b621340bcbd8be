import { useModel } from '@preact/signals'

import { hostOf } from '#shared/address'

import { refusalWords } from '../note/refusal-words'
import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { capitalised, countOf, toDayAndTime } from '../panel/time-words'
import type { WinceDatabase } from '../storage/database'
import { type Departure, LeftDeviceModel } from './left-device'
import { proofSentences } from './proof-words'

interface LeftDeviceProps {
  database: WinceDatabase
  now(): number
  onBack(): void
}

/** What left this device, and when. */
export function LeftDevice({ database, now, onBack }: LeftDeviceProps) {
  const model = useModel(() => new LeftDeviceModel({ database }))
  const departures = model.departures.value
  const staysHere = model.staysHere.value
  return (
    <Screen title="What left this device" back={{ label: 'Back to home', go: onBack }}>
      <ul class="ledger">
        <li>
          <Icon name="device" />
          <span>
            <b>{countOf(staysHere, 'note')}</b> {staysHere === 1 ? 'is' : 'are'} here only.
          </span>
        </li>
        <li>
          <Icon name="lock" />
          <span>
            <b>Never kept:</b> what you typed, the call itself, pictures without their covers.
          </span>
        </li>
        <li>
          <Icon name="send" />
          <span>Nothing leaves until you press Send. This list is the outbox itself.</span>
        </li>
      </ul>
      {departures.length === 0 ? (
        <p class="soft">Nothing has left this device.</p>
      ) : (
        <ol class="list departures">
          {departures.map((each) => (
            <li key={each.opId}>
              <div class="grow">
                <p class="words">{each.what}</p>
                <p class="meta">
                  {capitalised(toDayAndTime(each.at, now()))}, to {hostOf(each.server)}
                  {each.pictures > 0 && `, with ${countOf(each.pictures, 'masked picture')}`}
                </p>
                {each.proofs.map((proof) => (
                  <p class="meta" key={proof.sha256}>
                    {proofSentences(proof).join(' ')}
                  </p>
                ))}
                <State departure={each} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Screen>
  )
}

function State({ departure: { state, code } }: { departure: Departure }) {
  switch (state) {
    case 'waiting':
      return (
        <span class="pill">
          <Icon name="clock" /> waits here
        </span>
      )
    case 'taken-back':
      return (
        <span class="pill">
          <Icon name="undo" /> taken back
        </span>
      )
    case 'past':
    case 'acked':
      return (
        <span class="pill done">
          <Icon name="check" /> arrived
        </span>
      )
    case 'rejected':
      return (
        <span class="pill late">
          <Icon name="warn" /> {refusalWords(code)}
        </span>
      )
  }
}
