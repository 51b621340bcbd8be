import type { CallState } from './call-state'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
const NAMES: Partial<Record<string, string>> = { '*': 'star', '#': 'hash' }

/** It only writes down what one presses on the phone. */
export function Keypad({ call, onPress }: { call: CallState; onPress(key: string): void }) {
  const used = new Set(call.keys.map(({ key }) => key))
  return (
    <fieldset class="pad">
      <legend class="vh">Keypad. It only writes down what you press on your phone.</legend>
      {KEYS.map((key) => (
        <button
          type="button"
          key={key}
          class={used.has(key) ? 'used' : ''}
          aria-label={NAMES[key]}
          onClick={() => onPress(key)}
        >
          {key === '*' ? '∗' : key}
        </button>
      ))}
    </fieldset>
  )
}
