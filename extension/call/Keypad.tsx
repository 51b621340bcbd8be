import type { CallModel } from './call'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
const NAMES: Partial<Record<string, string>> = { '*': 'star', '#': 'hash' }

/** It only writes down what one presses on the phone. A key says what it does where that was typed once. */
export function Keypad({ model }: { model: CallModel }) {
  const labels = model.labels.value
  const used = new Set(model.call.value?.path.map(({ choice }) => choice))
  return (
    <fieldset class="pad">
      <legend class="vh">Keypad. It only writes down what you press on your phone.</legend>
      {KEYS.map((key) => {
        const label = labels.get(key)
        const name = NAMES[key] ?? key
        return (
          <button
            type="button"
            key={key}
            class={used.has(key) ? 'used' : ''}
            aria-label={label === undefined ? NAMES[key] : `${name}, ${label}`}
            onClick={() => void model.press(key)}
          >
            {key === '*' ? '∗' : key}
            {label !== undefined && <small class="cut">{label}</small>}
          </button>
        )
      })}
    </fieldset>
  )
}
