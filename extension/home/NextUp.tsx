import { useModel } from '@preact/signals'

import { hostOf } from '#shared/address'
import { toSpan } from '#shared/duration'

import { Icon } from '../panel/Icon'
import { toDay, toWallDay } from '../panel/time-words'
import type { NextUp as Next } from './next-up'
import { type StartNextDeps, StartNextModel } from './start-next'

interface NextUpProps extends StartNextDeps {
  now(): number
  onAnswer(walkId: string): void
  onShift(): void
}

/** Your next four minutes: one errand, everything filled in, one tap (C12). */
export function NextUp({ now, onAnswer, onShift, ...deps }: NextUpProps) {
  const model = useModel(() => new StartNextModel(deps))
  const next = model.next.value
  if (next === null) return null
  const { name, isErrand } = nameOf(next)
  const start = () => {
    if (next.kind === 'answer') onAnswer(next.walkId)
    else if (next.kind === 'plan' && next.isShift) onShift()
    else void model.start(next.start, next.page)
  }
  return (
    <section aria-labelledby="next">
      <h2 id="next">Your next four minutes</h2>
      <div class="next-up">
        <p>
          <b>{isErrand ? `“${name}”` : name}</b>
          <span class="meta">{whyWords(next, now())}</span>
        </p>
        <button
          class="btn"
          type="button"
          aria-disabled={model.isStarting.value}
          aria-label={`${verbOf(next)}: ${name}`}
          onClick={start}
        >
          <Icon name={next.kind === 'answer' ? 'clock' : 'walk'} /> {verbOf(next)}
        </button>
      </div>
    </section>
  )
}

/** The errand, in a customer's words; a service or a shift where there is none. */
function nameOf(next: Next): { name: string; isErrand: boolean } {
  const errand = next.kind === 'answer' ? next.errand : next.start.errand
  return errand === null
    ? { name: nameWithout(next), isErrand: false }
    : { name: errand, isErrand: true }
}

function nameWithout(next: Next): string {
  if (next.kind === 'unwalked') return next.service
  if (next.kind !== 'plan') return 'Your errand'
  return next.isShift ? 'A shift at the desk' : (next.start.service ?? 'An errand of your choice')
}

function verbOf({ kind }: Next): string {
  return {
    plan: 'Start',
    'walk-again': 'Walk it again',
    answer: 'They answered',
    unwalked: 'Start',
    errand: 'Start',
  }[kind]
}

function whyWords(next: Next, now: number): string {
  switch (next.kind) {
    case 'plan':
      return `Planned for you, by ${toWallDay(next.due)}.`
    case 'walk-again':
      return `${next.isAsked ? 'Your team asks: what you noted is fixed' : `What you noted was fixed ${toDay(next.fixedAt, now)}`}. See whether it is${
        next.page === null ? '' : `, at ${hostOf(new URL(next.page).origin)}`
      }.`
    case 'answer':
      return `They have had ${toSpan(next.waitedMs)}. Any answer yet?`
    case 'unwalked':
      return 'Nobody of your team has walked this for half a year.'
    case 'errand':
      return 'A common errand that nobody has walked from this browser.'
  }
}
