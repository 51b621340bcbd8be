import { type ReadonlySignal, useModel } from '@preact/signals'

import { toSpan } from '#shared/duration'

import type { IconName } from '../../shared/style/icons'
import { Icon } from '../panel/Icon'
import { later } from '../panel/later'
import { Screen } from '../panel/Screen'
import { countOf, toDay } from '../panel/time-words'
import type { KeptWalk } from '../storage/database'
import { type HomeDeps, HomeModel } from './home'
import { AllDone, ToFinish, Walks } from './Lists'
import { WithoutPicture } from './NeedsYou'
import { NextUp } from './NextUp'
import { Sends } from './Sends'
import type { StartNextDeps } from './start-next'
import { Troubles } from './Troubles'

export interface HomeProps extends HomeDeps, Pick<StartNextDeps, 'tabs' | 'tellWalkChanged'> {
  isOnline: ReadonlySignal<boolean>
  shortcut: ReadonlySignal<string>
  now(): number
  /** The shift that goes on; while it does, no walk begins. */
  shift: KeptWalk | null
  go: {
    start(): void
    call(): void
    shift(): void
    someoneTold(): void
    /** Of one walk, or of everything that is ready. */
    review(walkId: string | null): void
    connect(): void
    settings(): void
    told(): void
    fates(): void
    note(id: string): void
    debrief(walkId: string): void
    answer(walkId: string): void
  }
  onSaveAsFile(): void
  onCopyDiagnostics(): void
}

/** Comes with the screens that a walk does not begin on. */
const LaterFates = later(() => import('../panel/LaterScreens').then((loaded) => loaded.Fates))

/** The panel's home: starts above, then what waits for the walker, Send in the dock. */
export function Home(props: HomeProps) {
  const { go, now, shift } = props
  const home = useModel(() => new HomeModel(props))
  const ready = home.ready.value
  const isConnected = home.pairing.value !== null
  return (
    <Screen
      title="Wince"
      before={
        <span class="brandmark" aria-hidden="true">
          <Icon name="mark" />
        </span>
      }
      aside={
        <>
          {!props.isOnline.value && (
            <span class="pill">
              <Icon name="offline" /> offline
            </span>
          )}
          <button
            class="btn quiet icon"
            type="button"
            aria-label="What left this device, and when"
            onClick={go.told}
          >
            <Icon name="shield" />
          </button>
          <button class="btn quiet icon" type="button" aria-label="Settings" onClick={go.settings}>
            <Icon name="settings" />
          </button>
        </>
      }
      dock={
        ready.length > 0 ? (
          <div class="line">
            <p>
              <b>{countOf(ready.length, 'note')} not sent</b>
              <span class="meta">
                Kept on this device since {toDay(Math.min(...ready.map((note) => note.at)), now())}
              </span>
            </p>
            <button class="btn primary" type="button" onClick={() => go.review(null)}>
              Review {countOf(ready.length, 'note')}
            </button>
          </div>
        ) : null
      }
    >
      <Troubles
        home={home}
        now={now}
        onConnect={go.connect}
        onReview={() => go.review(null)}
        onOpenNote={go.note}
        onSaveAsFile={props.onSaveAsFile}
        onCopyDiagnostics={props.onCopyDiagnostics}
      />
      {shift === null && <NextUp {...props} onAnswer={go.answer} onShift={go.shift} />}
      <section aria-labelledby="try">
        <h2 id="try">Be a customer for ten minutes</h2>
        {!home.hasAnything.value && (
          <p class="soft">
            Think of an errand someone had this week. Try it yourself, the way they had to. Nothing
            is recorded until you press Start. No account needed.
          </p>
        )}
        <ul class="starts">
          {shift === null && (
            <>
              <Start
                icon="walk"
                words="Walk a service"
                hint="Use a page the way a customer would"
                go={go.start}
              />
              <Start
                icon="phone"
                words="Call a voice menu"
                hint="Tap along while you listen"
                go={go.call}
              />
            </>
          )}
          <Start
            icon="desk"
            words={shift === null ? 'Work a desk shift' : 'Go on with your desk shift'}
            hint={
              shift === null
                ? 'One card for each contact'
                : `Running for ${toSpan(home.clock.value - shift.startedAt)}`
            }
            go={go.shift}
          />
        </ul>
        <button class="btn quiet quiet-start" type="button" onClick={go.someoneTold}>
          <Icon name="tell" /> Someone told me
        </button>
        <KeyHint shortcut={props.shortcut.value} onSettings={go.settings} />
      </section>
      <AllDone home={home} />
      <Walks
        home={home}
        now={now}
        onDebrief={go.debrief}
        onAnswer={go.answer}
        onSendSoFar={go.review}
      />
      <ToFinish home={home} now={now} onOpen={go.note} />
      <WithoutPicture home={home} />
      <Sends home={home} now={now} />
      {home.fates.value.length > 0 && (
        <LaterFates {...props} mayStart={shift === null} onBack={null} onAll={go.fates} />
      )}
      {!isConnected && (
        <section aria-labelledby="connect-section">
          <h2 id="connect-section" class="vh">
            Your team
          </h2>
          <button class="btn wide" type="button" onClick={go.connect}>
            <Icon name="link" /> Connect to your team
          </button>
          <p class="hint">Notes stay on this device until you connect and press Send.</p>
        </section>
      )}
    </Screen>
  )
}

interface StartProps {
  icon: IconName
  words: string
  hint: string
  go(): void
}

function Start({ icon, words, hint, go }: StartProps) {
  return (
    <li>
      <button type="button" onClick={go}>
        <span class="ic">
          <Icon name={icon} />
        </span>
        <span class="grow">
          <b>{words}</b>
          <span class="meta">{hint}</span>
        </span>
        <Icon name="next" />
      </button>
    </li>
  )
}

function KeyHint({ shortcut, onSettings }: { shortcut: string; onSettings(): void }) {
  return (
    <p class="notice">
      <Icon name="moment" />
      {shortcut === '' ? (
        <span>
          Your browser gave Wince no key.{' '}
          <button class="link" type="button" onClick={onSettings}>
            Choose one
          </button>{' '}
          to keep a moment on any page.
        </span>
      ) : (
        <span>
          Saw something just now? <span class="key">{shortcut}</span> keeps the moment on any page.
          Words can wait.
        </span>
      )}
    </p>
  )
}
