import { useSignal } from '@preact/signals'

import type { EntryDetail } from '#shared/api/entry'
import { factsOf } from '#shared/entry-facts'
import { CLOSE_WORDS, missingFor, type Requirement, REQUIREMENT_WORDS } from '#shared/entry-moves'
import type { EntryState } from '#shared/sync'

import { Icon } from '../parts/Icon'
import { Sheet } from '../parts/Sheet'
import { FormEnd } from './FormEnd'
import type { Move } from './judgement'
import { TextArea } from './TextArea'
import { moveInWords, WHERE_SAID } from './work-words'

interface MoveDialogProps {
  detail: EntryDetail
  to: EntryState
  move: (move: Move) => Promise<void>
  onClose: () => void
}

/** What the dialog itself asks for. */
const ASKED_HERE: ReadonlySet<Requirement> = new Set([
  'hold-reason',
  'hold-until',
  'customers-told',
  'close-code',
  'close-note',
  'reason',
])

/** Says what a move needs: what is missing elsewhere, and fields for what it is told. */
export function MoveDialog({ detail, to, move, onClose }: MoveDialogProps) {
  const said = useSignal<Omit<Move, 'to'>>({})
  const put = (change: Omit<Move, 'to'>) => (said.value = { ...said.value, ...change })
  const missing = missingWith(detail, to, said.value)
  const elsewhere = missing.filter((each) => !ASKED_HERE.has(each))
  const title = moveInWords(detail.entry.state, to)
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (missing.length === 0) void move({ to, ...said.value })
        }}
      >
        {to === 'hold' && <HoldFields said={said.value} put={put} />}
        {to === 'closed' && <CloseFields said={said.value} put={put} />}
        {(to === 'declined' || to === 'reopened') && (
          <TextArea
            id="move-reason"
            label={
              to === 'declined' ? 'Why will nothing be done about it?' : 'Why is it open again?'
            }
            value={said.value.reason ?? ''}
            first
            put={(reason) => put({ reason })}
          />
        )}
        {elsewhere.length > 0 && (
          <div class="field">
            <p class="label">Before that</p>
            <ul class="checks">
              {elsewhere.map((each) => (
                <li key={each}>
                  <Icon name="clock" />
                  <a href={`#${WHERE_SAID[each] ?? 'main'}`} onClick={onClose}>
                    {REQUIREMENT_WORDS[each]}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
        <FormEnd save={title} canSave={missing.length === 0} leave={onClose} />
      </form>
    </Sheet>
  )
}

function missingWith(
  { entry, work, told }: EntryDetail,
  to: EntryState,
  { reason = '', until, areTold = false, code, note = '' }: Omit<Move, 'to'>,
): Requirement[] {
  const facts = {
    ...factsOf(entry, work, told),
    holdReason: reason,
    holdUntil: until ?? null,
    areTold,
    closeCode: code ?? null,
    closeNote: note,
    declineReason: reason,
    reopenReason: reason,
  }
  return missingFor(facts, to) ?? []
}

interface FieldsProps {
  said: Omit<Move, 'to'>
  put: (change: Omit<Move, 'to'>) => void
}

function HoldFields({ said, put }: FieldsProps) {
  return (
    <>
      <TextArea
        id="move-reason"
        label="What does it wait for?"
        value={said.reason ?? ''}
        first
        put={(reason) => put({ reason })}
      />
      <div class="field short">
        <label htmlFor="move-until">Until when?</label>
        <input
          class="input"
          id="move-until"
          type="date"
          value={said.until ?? ''}
          onInput={(event) => {
            const until = event.currentTarget.value
            put(until === '' ? {} : { until })
          }}
        />
      </div>
      <label class="chip">
        <input
          class="vh"
          type="checkbox"
          checked={said.areTold ?? false}
          onChange={() => put({ areTold: !said.areTold })}
        />
        The customers who wait for it know that
      </label>
    </>
  )
}

function CloseFields({ said, put }: FieldsProps) {
  return (
    <>
      <fieldset class="field">
        <legend>How did it end?</legend>
        <div class="wrap">
          {(Object.keys(CLOSE_WORDS) as (keyof typeof CLOSE_WORDS)[]).map((code) => (
            <label class="chip" key={code}>
              <input
                class="vh"
                type="radio"
                name="close-code"
                checked={said.code === code}
                onChange={() => put({ code })}
              />
              {CLOSE_WORDS[code]}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        id="move-note"
        label="What was done, in a line?"
        hint="For the team. What customers read stands under “What we will tell people”."
        value={said.note ?? ''}
        put={(note) => put({ note })}
      />
    </>
  )
}
