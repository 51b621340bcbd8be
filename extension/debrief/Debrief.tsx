import { useModel } from '@preact/signals'

import { toClock } from '#shared/duration'

import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import { Trace } from '../walk/Trace'
import { Answers } from './Answers'
import { type DebriefFormDeps, DebriefFormModel } from './debrief-form'
import { Figures } from './Figures'
import { noteLine } from './payload-fields'
import { Preview } from './Preview'
import { type SendFormDeps, SendFormModel } from './send-form'
import { SendDock } from './SendDock'
import { Sent } from './Sent'

export interface LeavingProps {
  isOnline: boolean
  onHome(): void
  onConnect(): void
  onTold(): void
  /** Puts words on the clipboard, and says so. */
  onCopy(text: string): void
  onSaveAsFile(): void
  onShowPicture(noteId: string, sha256: string): void
  onOpenNote(noteId: string): void
}

export type DebriefProps = DebriefFormDeps & Pick<SendFormDeps, 'requestSync'> & LeavingProps

/** Sixty seconds after the walk: what it came to, four answers, and what will leave. */
export function Debrief(props: DebriefProps) {
  const { walk } = props
  const debrief = useModel(() => new DebriefFormModel(props))
  const send = useModel(() => new SendFormModel({ ...props, walkId: walk.id }))
  if (send.status.value === 'sent') return <Sent {...props} form={send} />
  // What was told of a walk cannot be taken on again; a walk that was not sent can.
  const canGoBack = walk.endSent !== true
  return (
    <Screen
      title="Sixty-second debrief"
      aside={<p class="meta">{keptWords[debrief.status.value]}</p>}
      back={
        canGoBack
          ? { label: 'Back to the walk', go: () => void debrief.goBack().then(props.onHome) }
          : { label: 'Back to home', go: props.onHome }
      }
      dock={<SendDock {...props} form={send} isBusy={debrief.status.value === 'writing'} />}
    >
      <section class="sum" aria-labelledby="sum">
        <h2 id="sum">{walk.errand === null ? 'Your walk' : `“${walk.errand}”`}</h2>
        <Trace marks={debrief.trace.value} ms={debrief.totals.value.elapsedMs} goesOn={false} />
        <Totals debrief={debrief} />
      </section>
      <Answers debrief={debrief} />
      {debrief.drafts.value.length > 0 && (
        <section class="unfinished" aria-labelledby="unfinished">
          <h2 id="unfinished">Not finished, so it stays here</h2>
          <ul>
            {debrief.drafts.value.map((note) => (
              <li key={note.id}>
                <button class="link" type="button" onClick={() => props.onOpenNote(note.id)}>
                  {noteLine(note)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Preview form={send} open={false} onShowPicture={props.onShowPicture} />
      <div class="instead">
        <button
          class="btn small"
          type="button"
          onClick={() => void debrief.park().then(props.onHome)}
        >
          <Icon name="clock" /> I’m waiting for them
        </button>
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

export const keptWords = {
  kept: 'Kept as you go',
  writing: 'Keeping…',
  failed: 'Not kept: no room',
} as const

function Totals({ debrief }: { debrief: DebriefFormModel }) {
  const totals = debrief.totals.value
  const figures: [string, string][] = [
    ['start to end', toClock(totals.elapsedMs)],
    ['of it waiting', toClock(totals.waitingMs)],
    totals.longestHoldMs > 0
      ? ['longest hold', toClock(totals.longestHoldMs)]
      : ['pages', String(totals.pages)],
    ['signed in', `${totals.signIns}×`],
    ['asked again', `${totals.askedAgain}×`],
    totals.keys > 0
      ? ['to a person', totals.keysToHuman === null ? 'never' : countOf(totals.keysToHuman, 'key')]
      : ['went back', `${totals.backs}×`],
  ]
  return <Figures figures={figures} />
}
