import type { EntryChange } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'

import type { GoodLine } from './lines'

/** What a line changes of the entry that is here: nothing, these values, or nothing it may. */
export type LineChange =
  | { is: 'same' }
  | { is: 'change'; values: Omit<EntryChange, 'version'>; words: string[] }
  | { is: 'bad'; problem: string }

/** A cell that is empty leaves what is there; so does one that says the same. */
export function changeBy({ asked, changedAt }: GoodLine, entry: EntryRow): LineChange {
  const differs = differencesOf(asked, entry)
  if (differs.length === 0) return { is: 'same' }
  const problem = problemOf(asked, entry, changedAt)
  if (problem !== undefined) return { is: 'bad', problem }
  return {
    is: 'change',
    values: Object.assign({}, ...differs.map(({ values }) => values)) as Omit<
      EntryChange,
      'version'
    >,
    words: differs.map(({ words }) => words),
  }
}

function differencesOf(asked: GoodLine['asked'], entry: EntryRow) {
  const { title, impact, effort, owner, cost, due, monthly } = asked
  const differs: { values: Omit<EntryChange, 'version'>; words: string }[] = []
  const say = (
    what: string,
    before: string | number | null,
    after: string | number | null,
    values: Omit<EntryChange, 'version'>,
  ) => {
    if (before !== after)
      differs.push({ values, words: `${what} ${before ?? 'not set'} → ${after}` })
  }
  say('title', entry.title, title, { title })
  if (impact) say('impact', entry.impact, impact, { impact })
  if (effort) say('effort', entry.effort, effort, { effort })
  if (cost !== undefined) say('cost', entry.cost, cost, { cost })
  if (due) say('due', entry.due, due, { due })
  if (monthly && monthly.customers !== entry.monthly?.customers)
    say('customers a month', entry.monthly?.customers ?? null, monthly.customers, { monthly })
  if (owner && owner !== entry.owner?.id)
    differs.push({ values: { owner }, words: 'gets an owner' })
  return differs
}

function problemOf(
  { number, owner, impact, effort, cost, monthly }: GoodLine['asked'],
  entry: EntryRow,
  changedAt: number | undefined,
): string | undefined {
  if (entry.state === 'merged') return `${entry.number} is part of another entry by now.`
  const isJudged = [impact, effort, cost, monthly].some((value) => value !== undefined)
  if (entry.mood === 'liked' && isJudged) return 'What to keep has no impact and no effort.'
  if (owner && entry.owner && owner !== entry.owner.id)
    return `${entry.owner.name} owns ${entry.number}. Hand it on there, with a reason.`
  if (number !== null && changedAt !== undefined && entry.changedAt > changedAt)
    return `Somebody changed ${entry.number} after the file was written. Look there first.`
  return undefined
}
