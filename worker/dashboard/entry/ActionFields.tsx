import { ACTION_WORDS, ACTIONS_MAX, type EntryWork } from '#shared/work'

import { Icon } from '../parts/Icon'
import { useNewRow } from './use-new-row'

type Action = EntryWork['actions'][number]

interface ActionFieldsProps {
  actions: readonly Action[]
  put: (actions: Action[]) => void
}

const HINTS = {
  today: 'What helps a customer today',
  fix: 'What mends it',
  good: 'What changes in how we work',
} as const

/** A line for each thing to do; one that is left empty goes. */
export function ActionFields({ actions, put }: ActionFieldsProps) {
  const list = useNewRow(actions.length)
  const change = (at: number, value: Partial<Action>) =>
    put(actions.map((action, index) => (index === at ? { ...action, ...value } : action)))
  return (
    <fieldset class="field" ref={list}>
      <legend>What we do</legend>
      {actions.map((action, index) => (
        <div class="row action-field" key={index}>
          <b>{ACTION_WORDS[action.kind]}</b>
          <input
            class="input"
            aria-label={`${ACTION_WORDS[action.kind]}: what is done`}
            placeholder={HINTS[action.kind]}
            value={action.words}
            maxLength={160}
            onInput={(event) => change(index, { words: event.currentTarget.value })}
          />
          <input
            class="input"
            aria-label={`${ACTION_WORDS[action.kind]}: who does it`}
            placeholder="Who"
            value={action.by}
            maxLength={40}
            onInput={(event) => change(index, { by: event.currentTarget.value })}
          />
          <input
            class="input"
            type="date"
            aria-label={`${ACTION_WORDS[action.kind]}: by when`}
            value={action.due ?? ''}
            onInput={(event) => change(index, { due: event.currentTarget.value || null })}
          />
          <label class="chip">
            <input
              class="vh"
              type="checkbox"
              checked={action.isDone}
              onChange={() => change(index, { isDone: !action.isDone })}
            />
            Done
          </label>
        </div>
      ))}
      {actions.length < ACTIONS_MAX && (
        <div class="wrap">
          {(Object.keys(ACTION_WORDS) as Action['kind'][]).map((kind) => (
            <button
              key={kind}
              class="btn small"
              type="button"
              onClick={() =>
                put([...actions, { kind, words: '', by: '', due: null, isDone: false }])
              }
            >
              <Icon name="plus" small /> {ACTION_WORDS[kind]}
            </button>
          ))}
        </div>
      )}
    </fieldset>
  )
}
