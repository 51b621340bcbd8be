import type { ReadonlySignal } from '@preact/signals'

import type { Kind, Money } from '#shared/note'

import { useFocusOnArrival } from '../panel/focus'
import { Icon } from '../panel/Icon'
import { PersonalHint } from '../personal-data/PersonalHint'
import type { ComposerModel } from './composer'
import { Kinds, Moods, Scale } from './Choices'
import { Evidence } from './Evidence'
import type { PictureTakerModel } from './picture-taker'

export interface ComposerProps {
  composer: ComposerModel
  pictures: PictureTakerModel
  /** The key that the browser really assigned; empty where it assigned none. */
  shortcut: ReadonlySignal<string>
  onShowPicture(noteId: string, sha256: string): void
}

/** Open composer: mood, wince, kind, words, expected, money, picture and place. */
export function Composer({ composer, pictures, shortcut, onShowPicture }: ComposerProps) {
  const form = useFocusOnArrival<HTMLFormElement>((root) => root.querySelector('input:checked'))
  const note = composer.note.value
  if (note === null) return null
  const { change } = composer
  const isWrongName = note.kind === 'jargon'
  return (
    <form
      class="composer"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        void composer.save()
      }}
    >
      <Moods mood={note.mood} onChange={(mood) => change({ mood })} />
      {note.mood === 'embarrassed' && (
        <>
          <Scale wince={note.wince} onChange={(wince) => change({ wince })} />
          <Kinds kind={note.kind} onChange={(kind: Kind | null) => change({ kind })} />
        </>
      )}
      <div class="say">
        <label class="vh" htmlFor="words">
          What happened?
        </label>
        <textarea
          class="input"
          id="words"
          rows={2}
          maxLength={20_000}
          placeholder={
            note.mood === 'liked'
              ? 'What did they do well?'
              : 'What happened? Say it as you would to a colleague.'
          }
          value={note.words}
          onInput={(event) => change({ words: event.currentTarget.value })}
        />
        <Kept composer={composer} />
      </div>
      <PersonalHint text={note.words} onCover={(words) => change({ words })} />
      {note.expected !== null && (
        <div class="field">
          <label class="label" htmlFor="expected">
            {isWrongName ? 'A customer would call it…' : 'What I expected'}
          </label>
          <input
            class="input"
            id="expected"
            maxLength={2_000}
            value={note.expected}
            onInput={(event) => change({ expected: event.currentTarget.value })}
          />
          <PersonalHint text={note.expected} onCover={(expected) => change({ expected })} />
        </div>
      )}
      {note.mood === 'embarrassed' && (
        <MoneyMark money={note.money} onChange={(money) => change({ money })} />
      )}
      {note.sameAs != null && (
        <p class="line">
          <span class="grow">Same as #{note.sameAs.number}</span>
          <button class="link" type="button" onClick={() => change({ sameAs: null })}>
            Undo
          </button>
        </p>
      )}
      <Evidence
        note={note}
        pictures={pictures}
        shortcut={shortcut.value}
        onShow={(sha256) => onShowPicture(note.id, sha256)}
        onRemoveNote={() => void composer.remove()}
      />
      <div class="end">
        {note.expected === null ? (
          <button class="btn quiet grow" type="button" onClick={() => change({ expected: '' })}>
            <Icon name="plus" /> {isWrongName ? 'A customer’s word' : 'What I expected'}
          </button>
        ) : (
          <button class="btn quiet grow" type="button" onClick={() => void composer.fold()}>
            <Icon name="down" /> Fold, keep it
          </button>
        )}
        <button class="btn primary" type="submit">
          Save note <span class="key roomy">Ctrl ↵</span>
        </button>
      </div>
    </form>
  )
}

/** Says "kept" only once the words are on the disk. */
function Kept({ composer }: { composer: ComposerModel }) {
  const isDraft = composer.note.value?.state === 'draft'
  switch (composer.status.value) {
    case 'failed':
      return (
        <p class="kept meta is-late" role="alert">
          <Icon name="warn" /> Not kept: this device has no room
        </p>
      )
    case 'writing':
      return <p class="kept meta">Keeping…</p>
    case 'clean':
    case 'kept':
      return (
        <p class="kept meta">
          <Icon name="check" /> {isDraft ? 'Draft kept on this device' : 'Kept on this device'}
        </p>
      )
  }
}

function MoneyMark({
  money,
  onChange,
}: {
  money: Money | null
  onChange(money: Money | null): void
}) {
  const marks: { value: Money; words: string }[] = [
    { value: 'free', words: 'Free to fix' },
    { value: 'needs-money', words: 'Needs money' },
  ]
  return (
    <fieldset class="wrap">
      <legend class="vh">What would it take?</legend>
      {marks.map(({ value, words }) => (
        <button
          class="chip"
          type="button"
          key={value}
          aria-pressed={money === value}
          onClick={() => onChange(money === value ? null : value)}
        >
          <Icon name="check" /> {words}
        </button>
      ))}
    </fieldset>
  )
}
