import { useSignal } from '@preact/signals'

import { KIND_WORDS, type Kind, type Mood, WINCE_WORDS, type Wince } from '#shared/note'

import { Icon } from '../panel/Icon'

export function Moods({ mood, onChange }: { mood: Mood; onChange(mood: Mood): void }) {
  return (
    <fieldset>
      <legend class="vh">Mood</legend>
      <div class="seg">
        <label>
          <input
            class="vh"
            type="radio"
            name="mood"
            checked={mood === 'embarrassed'}
            onChange={() => onChange('embarrassed')}
          />
          <Icon name="mark" /> Embarrassing
        </label>
        <label>
          <input
            class="vh"
            type="radio"
            name="mood"
            checked={mood === 'liked'}
            onChange={() => onChange('liked')}
          />
          <Icon name="eyes" /> Liked
        </label>
      </div>
    </fieldset>
  )
}

const OFFERED: { wince: Wince; words: string }[] = [
  { wince: 1, words: 'Shrug' },
  { wince: 2, words: 'Wince' },
  { wince: 3, words: 'Couldn’t show it' },
]

/** One tap; a second one on the same takes it back, because unset is an answer too. */
export function Scale({
  wince,
  onChange,
}: {
  wince: Wince | null
  onChange(wince: Wince | null): void
}) {
  return (
    <fieldset>
      <legend class="hint">Would I show this to a customer in person?</legend>
      <div class="scale three">
        {OFFERED.map((each) => (
          <label key={each.wince}>
            <input
              class="vh"
              type="radio"
              name="wince"
              aria-label={`Wince ${each.wince} of 3, ${WINCE_WORDS[each.wince]}`}
              checked={wince === each.wince}
              onClick={() => {
                if (wince === each.wince) onChange(null)
              }}
              onChange={() => onChange(each.wince)}
            />
            <span class="tile" data-w={each.wince} aria-hidden="true">
              {each.wince}
            </span>{' '}
            {each.words}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const ALL_KINDS = Object.keys(KIND_WORDS) as Kind[]
const FIRST_KINDS = 5

/** Five kinds at hand and nine more behind one tap; the chosen one is always among those shown. */
export function Kinds({
  kind,
  onChange,
}: {
  kind: Kind | null
  onChange(kind: Kind | null): void
}) {
  const showsAll = useSignal(false)
  const first = ALL_KINDS.slice(0, FIRST_KINDS)
  const shown = showsAll.value
    ? ALL_KINDS
    : kind === null || first.includes(kind)
      ? first
      : [...first, kind]
  const hidden = ALL_KINDS.length - shown.length
  return (
    <fieldset>
      <legend class="vh">Kind</legend>
      <div class="wrap">
        {shown.map((each) => (
          <label class="chip" key={each}>
            <input
              class="vh"
              type="radio"
              name="kind"
              checked={kind === each}
              onClick={() => {
                if (kind === each) onChange(null)
              }}
              onChange={() => onChange(each)}
            />
            <Icon name="check" /> {KIND_WORDS[each]}
          </label>
        ))}
        {hidden > 0 && (
          <button class="chip dash" type="button" onClick={() => (showsAll.value = true)}>
            {hidden} more
          </button>
        )}
      </div>
    </fieldset>
  )
}
