import { Icon } from '../parts/Icon'

export type Option = readonly [value: string, words: string]

interface ChoiceProps {
  label: string
  value: string
  options: readonly Option[]
  choose: (value: string) => void
  /** An order filters nothing. */
  isFilter?: boolean
}

/** A select that looks like a chip, and is inverted while it filters. */
export function Choice({ label, value, options, choose, isFilter = true }: ChoiceProps) {
  return (
    <label class={isFilter && value !== '' ? 'pick on' : 'pick'}>
      <span class="vh">{label}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </label>
  )
}
