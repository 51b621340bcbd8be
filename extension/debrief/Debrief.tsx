import { useModel } from '@preact/signals'

import { toClock } from '#shared/duration'

import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import { PersonalHint } from '../personal-data/PersonalHint'
import { Trace } from '../walk/Trace'
import { type DebriefFormDeps, DebriefFormModel } from './debrief-form'
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

type DebriefProps = DebriefFormDeps & Pick<SendFormDeps, 'requestSync'> & LeavingProps

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
        <section class="stack" aria-labelledby="unfinished">
          <h2 id="unfinished">Not finished</h2>
          <p class="hint">Drafts never leave. Save them to send them along.</p>
          <ul class="cards">
            {debrief.drafts.value.map((note) => (
              <li key={note.id}>
                <button class="btn wide" type="button" onClick={() => props.onOpenNote(note.id)}>
                  <Icon name="pencil" /> <span class="cut">{noteLine(note)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Preview form={send} open={false} onShowPicture={props.onShowPicture} />
      <div class="acts">
        <button
          class="btn wide"
          type="button"
          onClick={() => void debrief.park().then(props.onHome)}
        >
          <Icon name="clock" /> I’m waiting for them
        </button>
        <p class="hint">Not done yet? Their clock runs on. Go on when they answer.</p>
        <button
          class="btn quiet wide"
          type="button"
          onClick={() => void debrief.flush().then(props.onHome)}
        >
          Send it later
        </button>
      </div>
    </Screen>
  )
}

const keptWords = {
  kept: 'Kept as you go',
  writing: 'Keeping…',
  failed: 'Not kept: no room',
} as const

function Totals({ debrief }: { debrief: InstanceType<typeof DebriefFormModel> }) {
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
  return (
    <dl class="totals">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  )
}

function Answers({ debrief }: { debrief: InstanceType<typeof DebriefFormModel> }) {
  const { done, effort, fixFirst, line, leftBehind } = debrief.debrief.value
  return (
    <section class="ask" aria-label="Four questions">
      <fieldset class="field">
        <legend class="label">Did you get it done?</legend>
        <div class="seg">
          {(['yes', 'partly', 'no'] as const).map((each) => (
            <label key={each}>
              <input
                class="vh"
                type="radio"
                name="done"
                checked={done === each}
                onChange={() => debrief.answer({ done: each })}
              />
              {each.charAt(0).toUpperCase() + each.slice(1)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend class="label">How much work was it?</legend>
        <div class="seg seven">
          {[1, 2, 3, 4, 5, 6, 7].map((each) => (
            <label key={each}>
              <input
                class="vh"
                type="radio"
                name="effort"
                checked={effort === each}
                onChange={() => debrief.answer({ effort: each })}
              />
              {each}
            </label>
          ))}
        </div>
        <p class="hint ends">
          <span>none at all</span>
          <span>far too much</span>
        </p>
      </fieldset>
      {debrief.problems.value.length > 0 && (
        <div class="field">
          <label class="label" htmlFor="fix-first">
            The one thing to fix first
          </label>
          <span class="select">
            <select
              class="input"
              id="fix-first"
              value={fixFirst ?? ''}
              onChange={(event) => debrief.answer({ fixFirst: event.currentTarget.value || null })}
            >
              <option value="">Nothing stands out</option>
              {debrief.problems.value.map((note) => (
                <option value={note.id} key={note.id}>
                  {note.wince === null ? '' : `${note.wince} · `}
                  {noteLine(note)}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        </div>
      )}
      <div class="field">
        <label class="label" htmlFor="line">
          In one line, to the team
        </label>
        <textarea
          class="input"
          id="line"
          rows={2}
          maxLength={2_000}
          value={line ?? ''}
          onInput={(event) => debrief.answer({ line: event.currentTarget.value })}
        />
        <PersonalHint text={line ?? ''} onCover={(covered) => debrief.answer({ line: covered })} />
      </div>
      <details class="unfold" open={leftBehind != null}>
        <summary>Left a request behind?</summary>
        <div class="field">
          <label class="label" htmlFor="left-behind">
            Its number, so that it can be withdrawn
          </label>
          <input
            class="input"
            id="left-behind"
            autocomplete="off"
            maxLength={60}
            value={leftBehind ?? ''}
            onInput={(event) => debrief.answer({ leftBehind: event.currentTarget.value })}
          />
        </div>
      </details>
    </section>
  )
}
