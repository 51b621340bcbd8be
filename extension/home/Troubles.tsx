import { Icon } from '../panel/Icon'
import { countOf, toDay, toDayAndTime } from '../panel/time-words'
import type { HomeModel } from './home'
import { NeedsYou } from './NeedsYou'

interface TroublesProps {
  home: HomeModel
  now(): number
  onConnect(): void
  onReview(): void
  onOpenNote(noteId: string): void
  onSaveAsFile(): void
  onCopyDiagnostics(): void
}

/** Says what is safe, what happened, what to do. At most two buttons. */
export function Troubles(props: TroublesProps) {
  const { home, now, onConnect, onReview, onOpenNote, onSaveAsFile } = props
  switch (home.trouble.value) {
    case null:
      return <Waiting {...props} />
    case 'disconnected': {
      const count = home.unsentCount.value
      const at = home.pairing.value?.disconnectedAt ?? now()
      return (
        <section class="trouble" aria-labelledby="trouble">
          <span class="glyph">
            <Icon name="link" />
          </span>
          <h2 id="trouble">This browser is no longer connected</h2>
          <p class="soft">
            Noticed {toDay(at, now())}.{' '}
            {count === 0
              ? 'Nothing is waiting here.'
              : `Your ${countOf(count, 'note is', 'notes are')} here and nobody else has ${count === 1 ? 'it' : 'them'}.`}
          </p>
          <button class="btn" type="button" onClick={onConnect}>
            Connect again
          </button>
          {count > 0 && (
            <SaveButton
              words={`Save my ${countOf(count, 'note')} as a file`}
              onSaveAsFile={onSaveAsFile}
            />
          )}
        </section>
      )
    }
    case 'update-needed':
      return (
        <section class="trouble" aria-labelledby="trouble">
          <h2 id="trouble">Keep walking. Sending waits for an update</h2>
          <p class="soft">
            Your browser updates Wince by itself, usually within a day. Everything you note until
            then is kept.
          </p>
          <p class="notice">
            <Icon name="device" />
            <span>{countOf(home.unsentCount.value, 'note waits', 'notes wait')} here</span>
          </p>
        </section>
      )
    case 'refused':
      return (
        <NeedsYou home={home} onOpen={onOpenNote} onReview={onReview} onSaveAsFile={onSaveAsFile} />
      )
    case 'no-room': {
      const spare = home.sparePictures.value
      return (
        <section class="trouble" aria-labelledby="trouble">
          <h2 id="trouble">Room for words, not for pictures</h2>
          <p class="soft">
            Your words are always kept. New pictures wait until there is room on this device.
          </p>
          {spare > 0 && (
            <>
              <p class="hint">{countOf(spare, 'picture')} reached the team two weeks ago.</p>
              <button class="btn" type="button" onClick={() => void home.removeSpare()}>
                {spare === 1 ? 'Remove that one from here' : `Remove those ${spare} from here`}
              </button>
            </>
          )}
        </section>
      )
    }
    case 'offline': {
      const queued = home.queued.value
      const oldest = Math.min(...queued.map((note) => note.at))
      return (
        <section class="trouble" aria-labelledby="trouble">
          <h2 id="trouble">{countOf(queued.length, 'note is', 'notes are')} safe on this device</h2>
          <p class="soft">They go by themselves when you are online again.</p>
          <p class="hint">Oldest: {toDayAndTime(oldest, now())}.</p>
          <button class="btn" type="button" onClick={() => void home.takeBack(home.onTheWay.value)}>
            Do not send after all
          </button>
          <SaveButton words="Save as a file instead" onSaveAsFile={onSaveAsFile} />
        </section>
      )
    }
  }
}

/** Waiting for longer than this while there is a connection is worth a word, in ms. */
const LONG_MS = 24 * 3_600_000

/** On the way, and nothing is wrong: one line, so that nobody wonders. After a day, more than that. */
function Waiting({
  home,
  now,
  onSaveAsFile,
  onCopyDiagnostics,
}: Pick<TroublesProps, 'home' | 'now' | 'onSaveAsFile' | 'onCopyDiagnostics'>) {
  const count = home.queued.value.length
  const since = home.waitingSince.value
  if (since === null) return null
  const what = count === 0 ? '' : countOf(count, 'note')
  if (now() - since < LONG_MS) {
    if (count === 0) return null
    return (
      <output class="notice">
        <Icon name="clock" />
        <span>
          {what} {count === 1 ? 'waits' : 'wait'} to be sent since {toDayAndTime(since, now())}.{' '}
          {count === 1
            ? 'It is safe here and goes by itself.'
            : 'They are safe here and go by themselves.'}
        </span>
      </output>
    )
  }
  return (
    <section class="trouble" aria-labelledby="trouble">
      <h2 id="trouble">
        {count === 0 ? 'Something has waited' : `${what} ${count === 1 ? 'has' : 'have'} waited`}{' '}
        since {toDayAndTime(since, now())}
      </h2>
      <p class="soft">
        Your team’s Wince has not taken {count === 1 ? 'it' : 'them'}. Nothing is lost, and Wince
        goes on trying.
      </p>
      <button class="btn" type="button" onClick={onCopyDiagnostics}>
        <Icon name="copy" /> Copy the diagnostics
      </button>
      <SaveButton words="Save as a file" onSaveAsFile={onSaveAsFile} />
      <p class="hint">The diagnostics hold counts and times, no words of yours.</p>
    </section>
  )
}

function SaveButton({ words, onSaveAsFile }: { words: string; onSaveAsFile(): void }) {
  return (
    <button class="btn quiet" type="button" onClick={onSaveAsFile}>
      <Icon name="download" /> {words}
    </button>
  )
}
