import { PersonalHint } from '../personal-data/PersonalHint'
import type { CallModel } from './call'

/** What the menu says or offers here, or what it was told in words. All of it can wait. */
export function Typed({ model }: { model: CallModel }) {
  const typed = model.typed.value
  return (
    <form
      class="typed"
      onSubmit={(event) => {
        event.preventDefault()
        void model.keepTyped()
      }}
    >
      <label class="vh" htmlFor="heard">
        What did you hear here? “1 a problem, 2 a request” names the keys
      </label>
      <input
        class="input"
        id="heard"
        autocomplete="off"
        maxLength={300}
        placeholder="“1 printing” or its words"
        value={typed}
        onInput={(event) => (model.typed.value = event.currentTarget.value)}
      />
      <button class="btn small" type="submit" aria-disabled={typed.trim() === ''}>
        Heard
      </button>
      <button
        class="btn small"
        type="button"
        aria-disabled={typed.trim() === ''}
        onClick={() => void model.sayTyped()}
      >
        I said
      </button>
      <PersonalHint text={typed} onCover={(covered) => (model.typed.value = covered)} />
    </form>
  )
}
