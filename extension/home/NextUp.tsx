import { useModel } from '@preact/signals'

import { hostOf } from '#shared/address'
import { toSpan } from '#shared/duration'

import { Icon } from '../panel/Icon'
import { toDay } from '../panel/time-words'
import type { NextUp as Next } from './next-up'
import { type StartNextDeps, StartNextModel } from './start-next'

interface NextUpProps extends StartNextDeps {
  now(): number
  onAnswer(walkId: string): void
}

/** Your next four minutes: one errand, everything filled in, one tap (C12). */
export function NextUp({ now, onAnswer, ...deps }: NextUpProps) {
  const model = useModel(() => new StartNextModel(deps))
  const next = model.next.value
  if (next === null) return null
  const errand = next.kind === 'answer' ? next.errand : next.start.errand
  const start = () =>
    next.kind === 'answer' ? onAnswer(next.walkId) : void model.start(next.start, next.origin)
  return (
    <section aria-labelledby="next">
      <h2 id="next">Your next four minutes</h2>
      <div class="next-up">
        <p>
          <b>{errand === null ? 'Your errand' : `“${errand}”`}</b>
          <span class="meta">{whyWords(next, now())}</span>
        </p>
        <button
          class="btn"
          type="button"
          aria-disabled={model.isStarting.value}
          aria-label={`${verbOf(next)}: ${errand ?? 'your errand'}`}
          onClick={start}
        >
          <Icon name={next.kind === 'answer' ? 'clock' : 'walk'} /> {verbOf(next)}
        </button>
      </div>
    </section>
  )
}

function verbOf({ kind }: Next): string {
  return { 'walk-again': 'Walk it again', answer: 'They answered', errand: 'Start' }[kind]
}

function whyWords(next: Next, now: number): string {
  switch (next.kind) {
    case 'walk-again':
      return `What you noted was fixed ${toDay(next.fixedAt, now)}. See whether it is${
        next.origin === null ? '' : `, at ${hostOf(next.origin)}`
      }.`
    case 'answer':
      return `They have had ${toSpan(next.waitedMs)}. Any answer yet?`
    case 'errand':
      return 'A common errand that nobody has walked from this browser.'
  }
}
