import type { IconName } from '../../shared/style/icons'
import { Icon } from '../panel/Icon'
import { Hot } from './Hot'

interface SegmentsProps<Value extends string | number> {
  legend: string
  hint?: string
  name: string
  /** False where what stands there says it all to those who see it. */
  isLegendShown?: boolean
  options: readonly { value: Value; words: string; icon?: IconName }[]
  keys: Readonly<Record<Value, string>>
  chosen: Value | null
  onChoose(value: Value | null): void
}

/** One of a few; what is chosen, chosen again, says nothing any more. */
export function Segments<Value extends string | number>({
  legend,
  hint,
  name,
  isLegendShown = true,
  options,
  keys,
  chosen,
  onChoose,
}: SegmentsProps<Value>) {
  return (
    <fieldset>
      <legend class={isLegendShown ? 'name' : 'vh'}>
        {legend} {hint !== undefined && <span class="hint">{hint}</span>}
      </legend>
      <div class={options.some(({ icon }) => icon !== undefined) ? 'seg channels' : 'seg'}>
        {options.map(({ value, words, icon }) => (
          <label key={value}>
            <input
              class="vh"
              type="radio"
              name={name}
              aria-keyshortcuts={keys[value]}
              checked={chosen === value}
              onClick={() => {
                if (chosen === value) onChoose(null)
              }}
              onChange={() => onChoose(value)}
            />
            {icon !== undefined && <Icon name={icon} />} {words} <Hot letter={keys[value]} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
