import { type ReadonlySignal, useModel } from '@preact/signals'

import { toClock } from '#shared/duration'

import type { ComposerModel } from '../note/composer'
import { Composer } from '../note/Composer'
import { useComposerKeys } from '../note/composer-keys'
import type { PictureTakerModel } from '../note/picture-taker'
import { useFocusOnArrival } from '../panel/focus'
import { Icon } from '../panel/Icon'
import { useKeys } from '../panel/keys'
import { Besides } from '../panel/Screen'
import type { KeptNote } from '../storage/database'
import type { Tabs } from '../panel/tabs'
import { PageAccess } from './PageAccess'
import { Timeline, timelineOf } from './Timeline'
import { Trace } from './Trace'
import { type WalkingDeps, WalkingModel } from './walking'

interface WalkingProps extends WalkingDeps {
  composer: ComposerModel
  pictures: PictureTakerModel
  shortcut: ReadonlySignal<string>
  tabs: Tabs
  onCall(): void
  onEnded(): void
  onShowPicture(noteId: string, sha256: string): void
  onMark(): void
}

/** The walk: clock, errand, trace and tallies above, the timeline, the composer at hand. */
export function Walking(props: WalkingProps) {
  const { walk, composer } = props
  const model = useModel(() => new WalkingModel(props))
  const begin = (mood: 'embarrassed' | 'liked') => void composer.begin(mood, walk.id, walk.service)
  useComposerKeys(composer)
  useKeys((key) => {
    if (composer.isOpen.peek()) return false
    if (key === 'e' || key === 'E') begin('embarrassed')
    else if (key === 'l' || key === 'L') begin('liked')
    else return false
    return true
  })
  const end = async () => {
    await composer.close()
    await model.end()
    props.onEnded()
  }
  return (
    <>
      <Header model={model} onCall={props.onCall} onEnd={() => void end()} walk={walk} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller without controls needs the keyboard too */}
      <main class="trail" aria-label="What has happened so far" tabIndex={0}>
        <PageAccess {...props} />
        <Timeline
          rows={timelineOf(
            model.steps.value,
            composer.isOpen.value
              ? others(model.notes.value, composer.note.value)
              : model.notes.value,
          )}
          notedAt={model.notedAt.value}
          onNote={(step) => void model.noteStep(step)}
          onOpenNote={(id) => void composer.open(id)}
        />
      </main>
      <Besides />
      <section class="dock" aria-label="New note">
        {composer.isOpen.value ? (
          <Composer {...props} />
        ) : (
          <Folded
            composer={composer}
            shortcut={props.shortcut.value}
            onBegin={begin}
            onMark={props.onMark}
          />
        )}
      </section>
    </>
  )
}

/** The note in the composer is there already, so the timeline leaves it out. */
function others(notes: readonly KeptNote[], open: KeptNote | null): KeptNote[] {
  return notes.filter((note) => note.id !== open?.id)
}

interface HeaderProps {
  model: WalkingModel
  walk: WalkingDeps['walk']
  onCall(): void
  onEnd(): void
}

function Header({ model, walk, onCall, onEnd }: HeaderProps) {
  const isPaused = model.isPaused.value
  const isOnCall = model.isOnCall.value
  return (
    <header class="walk">
      <div class="bar">
        <p class="live grow">
          <b role="timer">{toClock(model.totals.value.elapsedMs)}</b>
          <span>{isPaused ? 'Paused' : 'Walking'}</span>
        </p>
        <button
          class="btn quiet icon"
          type="button"
          aria-label={isPaused ? 'Go on walking' : 'Pause the walk'}
          onClick={() => void model.togglePause()}
        >
          <Icon name={isPaused ? 'play' : 'pause'} />
        </button>
        <button
          class={isOnCall ? 'btn' : 'btn quiet'}
          type="button"
          aria-label={isOnCall ? 'Back to the call' : 'Call a number on this walk'}
          onClick={onCall}
        >
          <Icon name="phone" /> <span class="roomy">{isOnCall ? 'On call' : 'Call'}</span>
        </button>
        <button class="btn" type="button" onClick={onEnd}>
          End walk
        </button>
      </div>
      <div>
        <h1 class="errand">{walk.errand === null ? 'A walk' : `“${walk.errand}”`}</h1>
        <p class="meta">
          {[walk.persona, walk.service, firstTimeWords(walk.firstTime)]
            .filter((each) => each !== null)
            .join(' · ')}
        </p>
      </div>
      <Trace marks={model.trace.value} ms={model.totals.value.elapsedMs} goesOn />
      <p class="tally">
        <span>
          Waited <b>{toClock(model.totals.value.waitingMs)}</b>
        </span>
        <span>
          Signed in <b>{model.totals.value.signIns}×</b>
        </span>
        <span>
          Asked again <b>{model.totals.value.askedAgain}×</b>
        </span>
        <span>
          Went back <b>{model.totals.value.backs}×</b>
        </span>
      </p>
    </header>
  )
}

function firstTimeWords(firstTime: boolean | null): string | null {
  return firstTime === null ? null : firstTime ? 'first time here' : 'been here before'
}

interface FoldedProps {
  composer: ComposerModel
  shortcut: string
  onBegin(mood: 'embarrassed' | 'liked'): void
  onMark(): void
}

function Folded({ composer, shortcut, onBegin, onMark }: FoldedProps) {
  const root = useFocusOnArrival<HTMLDivElement>((folded) => folded.querySelector('button'))
  return (
    <div class="folded" ref={root}>
      {composer.hasFolded.value && (
        <button
          class="btn wide"
          type="button"
          onClick={() => onBegin(composer.note.value?.mood ?? 'embarrassed')}
        >
          <Icon name="pencil" /> Go on with your draft
        </button>
      )}
      <div class="trio">
        <button class="btn" type="button" onClick={() => onBegin('embarrassed')}>
          <Icon name="mark" /> Embarrassing
        </button>
        <button class="btn" type="button" onClick={() => onBegin('liked')}>
          <Icon name="eyes" /> Liked
        </button>
      </div>
      <button class="btn quiet wide" type="button" onClick={onMark}>
        <Icon name="moment" /> Just mark this moment{' '}
        {shortcut !== '' && <span class="key roomy">{shortcut}</span>}
      </button>
    </div>
  )
}
