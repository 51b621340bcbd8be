import { useModel } from '@preact/signals'

import { toClock } from '#shared/duration'

import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import { FixFirst, OneLine } from './Answers'
import { type DebriefProps, keptWords } from './Debrief'
import { DebriefFormModel } from './debrief-form'
import { Figures } from './Figures'
import { Preview } from './Preview'
import { SendFormModel } from './send-form'
import { SendDock } from './SendDock'
import { Sent } from './Sent'
import { LeftCardsModel, figuresOf } from './shift-debrief'

/** Sixty seconds after a shift: what it came to, two answers, and what will leave. */
export function ShiftDebrief({ onGoOn, ...props }: DebriefProps & { onGoOn(): void }) {
  const { walk } = props
  const debrief = useModel(() => new DebriefFormModel(props))
  const send = useModel(() => new SendFormModel({ ...props, walkId: walk.id }))
  const left = useModel(() => new LeftCardsModel(props))
  if (send.status.value === 'sent') return <Sent {...props} form={send} />
  // What was told of a shift cannot be taken on again.
  const canGoBack = walk.endSent !== true
  const goBack = () => void debrief.goBack().then((isOn) => (isOn ? onGoOn() : props.onHome()))
  const contacts = left.contacts.value
  return (
    <Screen
      title="Sixty-second debrief"
      aside={<p class="meta">{keptWords[debrief.status.value]}</p>}
      back={
        canGoBack
          ? { label: 'Back to the shift', go: goBack }
          : { label: 'Back to home', go: props.onHome }
      }
      dock={<SendDock {...props} form={send} isBusy={debrief.status.value === 'writing'} />}
    >
      <section class="sum" aria-labelledby="sum">
        <h2 id="sum">Your desk shift, {toClock(debrief.totals.value.elapsedMs)}</h2>
        <Figures figures={figuresOf(contacts)} />
      </section>
      <section class="ask" aria-label="Two questions">
        <FixFirst debrief={debrief} />
        <OneLine debrief={debrief} />
      </section>
      {canGoBack && left.count.value > 0 && (
        <section class="unfinished" aria-labelledby="unfinished">
          <h2 id="unfinished">{countOf(left.count.value, 'card')} not kept, so it stays here</h2>
          <p class="line">
            <button class="link" type="button" onClick={goBack}>
              Go on with it
            </button>
            <button class="link" type="button" onClick={() => void left.drop()}>
              Drop it
            </button>
          </p>
        </section>
      )}
      <Preview form={send} open={false} onShowPicture={props.onShowPicture} />
      <div class="instead">
        <button
          class="btn small quiet"
          type="button"
          onClick={() => void debrief.flush().then(props.onHome)}
        >
          Send it later
        </button>
      </div>
    </Screen>
  )
}
