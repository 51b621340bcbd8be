import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import { type Again, type AgainApi, mayBeWalkedAgain } from '#shared/api/again'
import type { EntryRow } from '#shared/api/register'

import { Icon } from '../parts/Icon'
import { toShortDay } from '../words'
import { AgainModel, type AgainState } from './again'
import { askedInWords, figuresOf, regressionsInWords } from './again-words'

interface ProveItProps {
  api: AgainApi
  entry: Pick<EntryRow, 'number' | 'mood' | 'state'>
  /** The role may ask leaders. */
  mayAsk: boolean
}

/** Whether a fix holds: the same errand walked again, beside the walk of before. What to keep needs no proof. */
export function ProveIt(props: ProveItProps) {
  return props.entry.mood === 'liked' ? null : <Proof {...props} key={props.entry.number} />
}

function Proof({ api, entry, mayAsk }: ProveItProps) {
  const again = useModel(() => new AgainModel({ api, number: entry.number }))
  useEffect(() => void again.reload(), [again])
  const state = again.state.value
  const known = state.status === 'ready' ? state.value : null
  const regressions = known && regressionsInWords(known.regressions)
  const asked = known && askedInWords(known.asked)
  return (
    <section aria-labelledby="prove" class="prove">
      <h2 id="prove">Prove it</h2>
      {regressions !== null && (
        <p class="line">
          <Icon name="again" /> <span>{regressions}</span>
        </p>
      )}
      {known?.pairs.map((pair) => (
        <PairTable key={pair.second.id} pair={pair} />
      ))}
      {known?.pairs.length === 0 && (
        <p class="soft">Walk the same errand again after the fix and lay the two side by side.</p>
      )}
      {asked !== null && <p class="meta">{asked}</p>}
      {state.status === 'failed' && (
        <p role="alert">
          Second walks could not be loaded.{' '}
          <button class="link" type="button" onClick={() => void again.reload()}>
            Try again
          </button>
        </p>
      )}
      {mayAsk && known !== null && <Ask again={again} isFixed={mayBeWalkedAgain(entry.state)} />}
    </section>
  )
}

function Ask({ again, isFixed }: { again: AgainState; isFixed: boolean }) {
  const asking = again.asking.value
  const isWorking = asking === 'working'
  return (
    <>
      {isFixed ? (
        <button
          class="btn"
          type="button"
          aria-disabled={isWorking}
          aria-busy={isWorking}
          onClick={() => {
            if (!isWorking) void again.ask()
          }}
        >
          <Icon name="walk" /> Ask for a second walk
        </button>
      ) : (
        <p class="hint">Once it is in check or closed, those who noted it can be asked.</p>
      )}
      <output class="meta">
        {typeof asking === 'object' && (
          <>
            {asking.sentence}{' '}
            {asking.canUndo && (
              <button class="link" type="button" onClick={() => void again.takeBack()}>
                Undo
              </button>
            )}
          </>
        )}
      </output>
    </>
  )
}

function PairTable({ pair }: { pair: Again['pairs'][number] }) {
  const { first, second } = pair
  const beside = first === null ? '' : `?with=${first.id}`
  return (
    <>
      <table class="table pair">
        <caption class="vh">The errand before the fix, and walked again</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="vh">Measure</span>
            </th>
            <th scope="col" class="r">
              {first === null ? 'Before' : toShortDay(first.startedAt)}
            </th>
            <th scope="col" class="r">
              {toShortDay(second.startedAt)}
            </th>
          </tr>
        </thead>
        <tbody>
          {figuresOf(pair).map((figure) => (
            <tr key={figure.name}>
              <th scope="row">{figure.name}</th>
              <td class="r">{figure.first}</td>
              <td class="r">{figure.second}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={`/walks/${second.id}${beside}`}>
          {first === null ? 'Play it back' : 'Play both, side by side'}
        </a>
      </p>
    </>
  )
}
