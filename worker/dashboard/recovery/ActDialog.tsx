import { useSignal } from '@preact/signals'

import type { FollowUp } from '#shared/api/follow-up'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { PersonalWarning } from '../parts/PersonalWarning'
import { Sheet } from '../parts/Sheet'
import { CorrectFields } from './CorrectFields'
import type { Doing, FollowUps } from './follow-ups'
import { ACT_WORDS, type ActWhat, actsFor, customerWords } from './recovery-words'

interface ActDialogProps {
  followUp: FollowUp
  followUps: FollowUps
  people: { id: string; name: string }[]
}

/** What happened with one customer: the likeliest is chosen, so that Enter says it. */
export function ActDialog({ followUp, followUps, people }: ActDialogProps) {
  const acts = actsFor(followUp)
  const what = useSignal<ActWhat>(acts[0] ?? 'see-through')
  const reason = useSignal('')
  const at = useSignal('')
  const personId = useSignal(followUp.seenThroughBy?.id ?? '')
  const customer = useSignal(followUp.customer)
  const reference = useSignal(followUp.reference ?? '')
  const chosen = what.value
  const asks = asksOf(chosen, followUp)
  const isNamed = chosen !== 'correct' || followUp.customer === '' || customer.value.trim() !== ''
  const isReady = isNamed && (asks !== 'must' || reason.value.trim() !== '')
  const isWorking = followUps.isWorking.value
  const said = followUps.said.value
  const onClose = () => followUps.look(null)
  return (
    <Sheet title={customerWords(followUp)} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !isWorking)
            void followUps.does(
              doingOf(chosen, {
                reason: reason.value,
                at: at.value,
                personId: personId.value,
                customer: customer.value,
                reference: reference.value,
              }),
            )
        }}
      >
        <fieldset class="field">
          <legend>What happened</legend>
          {acts.map((each) => (
            <label class="line" key={each}>
              <input
                type="radio"
                name="act"
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to say this
                autoFocus={each === acts[0]}
                checked={each === chosen}
                onChange={() => {
                  what.value = each
                }}
              />
              {ACT_WORDS[each]}
            </label>
          ))}
        </fieldset>
        {chosen === 'contact' && (
          <div class="field">
            <label htmlFor="act-at">When</label>
            <input
              class="input"
              id="act-at"
              type="datetime-local"
              value={at.value}
              aria-describedby="act-at-hint"
              onInput={(event) => {
                at.value = event.currentTarget.value
              }}
            />
            <p class="hint" id="act-at-hint">
              Empty means now. Thank them first, then say what happens next.
            </p>
          </div>
        )}
        {chosen === 'see-through' && (
          <div class="field">
            <label htmlFor="act-who">Who</label>
            <span class="select">
              <select
                class="input"
                id="act-who"
                value={personId.value}
                onChange={(event) => {
                  personId.value = event.currentTarget.value
                }}
              >
                {people.map(({ id, name }) => (
                  <option key={id} value={id} selected={id === personId.value}>
                    {name}
                  </option>
                ))}
              </select>
              <Icon name="down" small />
            </span>
          </div>
        )}
        {chosen === 'correct' && <CorrectFields customer={customer} reference={reference} />}
        {asks !== 'not' && (
          <div class="field">
            <label htmlFor="act-reason">{REASON_LABELS[chosen] ?? 'In their words'}</label>
            <textarea
              class="input"
              id="act-reason"
              rows={2}
              maxLength={300}
              value={reason.value}
              onInput={(event) => {
                reason.value = event.currentTarget.value
              }}
            />
            <PersonalWarning text={reason.value} />
          </div>
        )}
        {chosen === 'not-satisfied' && (
          <Notice>
            <p>
              They hear from us within 24 hours. An entry that is closed or in Check opens again.
            </p>
          </Notice>
        )}
        {said.what === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{said.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button
            class="btn primary"
            type="submit"
            disabled={!isReady || isWorking}
            aria-busy={isWorking}
          >
            Save
          </button>
          <button class="btn quiet" type="button" onClick={onClose}>
            Not yet
          </button>
        </div>
      </form>
    </Sheet>
  )
}

const REASON_LABELS: Partial<Record<ActWhat, string>> = {
  'see-through': 'Why it passes on',
  exempt: 'Why nobody can be asked',
}

/** Whether an act asks for words. */
function asksOf(what: ActWhat, { seenThroughBy }: FollowUp): 'must' | 'may' | 'not' {
  if (what === 'contact' || what === 'correct') return 'not'
  if (what === 'see-through') return seenThroughBy === null ? 'not' : 'must'
  return what === 'not-satisfied' || what === 'exempt' ? 'must' : 'may'
}

function doingOf(
  what: ActWhat,
  typed: Record<'reason' | 'at' | 'personId' | 'customer' | 'reference', string>,
): Doing {
  const { reason, at, personId } = typed
  switch (what) {
    case 'contact':
      return at === '' ? { what } : { what, at: Date.parse(at) }
    case 'see-through':
      return { what, personId, reason }
    case 'correct':
      return { what, customer: typed.customer, reference: typed.reference }
    default:
      return { what, reason }
  }
}
