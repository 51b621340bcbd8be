import { count } from '../words'
import { Icon } from '../parts/Icon'
import type { Chosen } from './chosen'
import { exportAddress } from './view'

interface ChosenBarProps {
  chosen: Chosen
  mayChange: boolean
  /** Numbers on screen: what is chosen elsewhere is said. */
  shown: readonly number[]
  merge: () => void
  judge: () => void
}

/** What can be done to the entries that are chosen, by name and number. */
export function ChosenBar({ chosen, mayChange, shown, merge, judge }: ChosenBarProps) {
  const numbers = [...chosen.chosen.value.keys()]
  if (numbers.length === 0) return null
  const elsewhere = numbers.filter((number) => !shown.includes(number)).length
  const isWorking = chosen.acting.value.status === 'working'
  return (
    <section class="chosen" aria-label="Chosen entries">
      <output>
        <b>{count(numbers.length, 'entry', 'entries')} chosen</b>
        {elsewhere > 0 && <span class="meta"> {elsewhere} not on this page</span>}
      </output>
      {mayChange && (
        <>
          {numbers.length === 2 && (
            <button class="btn small" type="button" disabled={isWorking} onClick={merge}>
              <Icon name="merge" small /> Merge these 2
            </button>
          )}
          <button class="btn small" type="button" disabled={isWorking} onClick={judge}>
            <Icon name="human" small /> Owner
          </button>
        </>
      )}
      <a class="btn small" href={exportAddress({}, numbers)} download="wince-register.csv">
        <Icon name="download" small /> Export {numbers.length}
      </a>
      <button class="btn small quiet" type="button" onClick={chosen.clear}>
        Clear
      </button>
    </section>
  )
}
