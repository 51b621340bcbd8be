import { refusalWords } from '../note/refusal-words'
import { NoteCard } from '../note/NoteCard'
import { Icon } from '../panel/Icon'
import { countOf, toDay, toDayAndTime } from '../panel/time-words'
import type { HomeModel } from './home'

interface TroublesProps {
  home: HomeModel
  now(): number
  onConnect(): void
  onReview(): void
  onSaveAsFile(): void
}

/** Says what is safe, what happened, what to do. At most two buttons. */
export function Troubles({ home, now, onConnect, onReview, onSaveAsFile }: TroublesProps) {
  switch (home.trouble.value) {
    case null:
      return <Waiting home={home} now={now} onSaveAsFile={onSaveAsFile} />
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
    case 'refused': {
      const refused = home.refused.value
      return (
        <section class="trouble" aria-labelledby="trouble">
          <h2 id="trouble">
            {refused.length === 1 ? 'One note needs you' : `${refused.length} notes need you`}
          </h2>
          <ul class="cards">
            {refused.map((note) => (
              <li key={note.id}>
                <NoteCard note={note} />
                <p class="hint">Not taken: {refusalWords(note.refusedCode)}.</p>
              </li>
            ))}
          </ul>
          <p class="notice late">
            <Icon name="warn" />
            <span>
              {home.othersArrived.value && 'The others arrived. '}
              {refused.length === 1 ? 'Its' : 'Their'} words are still here.
            </span>
          </p>
          <button class="btn" type="button" onClick={onReview}>
            Look and send again
          </button>
          <SaveButton words="Save as a file" onSaveAsFile={onSaveAsFile} />
        </section>
      )
    }
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
          <SaveButton words="Save as a file instead" onSaveAsFile={onSaveAsFile} />
        </section>
      )
    }
  }
}

/** Waiting for longer than this while there is a connection is worth a word, in ms. */
const LONG_MS = 24 * 3_600_000

/** On the way, and nothing is wrong: one line, so that nobody wonders. */
function Waiting({
  home,
  now,
  onSaveAsFile,
}: Pick<TroublesProps, 'home' | 'now' | 'onSaveAsFile'>) {
  const queued = home.queued.value
  const since = home.waitingSince.value
  if (queued.length === 0 || since === null) return null
  if (now() - since < LONG_MS) {
    return (
      <output class="notice">
        <Icon name="clock" />
        <span>
          {countOf(queued.length, 'note waits', 'notes wait')} to be sent since{' '}
          {toDayAndTime(since, now())}. They are safe here and go by themselves.
        </span>
      </output>
    )
  }
  return (
    <section class="trouble" aria-labelledby="trouble">
      <h2 id="trouble">
        {countOf(queued.length, 'note has', 'notes have')} waited since {toDayAndTime(since, now())}
      </h2>
      <p class="soft">
        Your team’s Wince has not taken them. They are safe here, and Wince goes on trying.
      </p>
      <SaveButton words="Save as a file" onSaveAsFile={onSaveAsFile} />
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
