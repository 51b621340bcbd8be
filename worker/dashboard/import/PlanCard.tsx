import { Notice } from '../parts/Notice'
import { count } from '../words'
import type { Table } from './file'
import { type Import, type LinePlan, type Plan, sumsOf } from './import'
import { BadLines, Lines } from './LineTables'
import { Progress } from './Progress'

interface PlanCardProps {
  model: Import
  plan: Plan
  table: Table
}

/** What would happen line by line, the button that does it, and how it went. */
export function PlanCard({ model, plan, table }: PlanCardProps) {
  const { opens, changes, stay, bad } = sumsOf(plan)
  const done = model.done.value
  const named = plan.lines.filter(({ of }) => of.personal !== undefined)
  return (
    <section class="card" aria-labelledby="h-plan">
      <header>
        <h2 id="h-plan">{done.isWhole ? 'What happened' : 'What would happen'}</h2>
        <output class="meta">
          {[
            `${opens} new`,
            count(changes, 'differs from what is here', 'differ from what is here'),
            count(stay, 'is here as it is', 'are here as they are'),
            `${bad} cannot be taken`,
          ].join(' · ')}
        </output>
      </header>
      <div class="foot fields">
        {named.length > 0 && !done.isWhole && (
          <Notice icon="mask">
            <p>
              Titles are read by many. {firstPersonal(named)}
              {named.length > 1 && `, and ${named.length - 1} more lines have something like it`}.
              Say a role instead.
            </p>
          </Notice>
        )}
        <Acts model={model} plan={plan} />
      </div>
      {bad > 0 && <BadLines lines={plan.bad} table={table} />}
      {!done.isWhole && <Lines lines={plan.lines} />}
    </section>
  )
}

function firstPersonal([first]: LinePlan[]): string {
  const { personal, asked } = first?.of ?? {}
  return `On line ${asked?.line}, “${personal?.words}” looks like ${personal?.looksLike}`
}

function Acts({ model, plan }: Pick<PlanCardProps, 'model' | 'plan'>) {
  const { opens, changes } = sumsOf(plan)
  const doing = model.doing.value
  const done = model.done.value
  const both = model.changesToo.value ? changes : 0
  if (done.isWhole)
    return (
      <>
        <Notice icon="check" tone="done" live>
          <p>
            {count(done.opened.length, 'entry is', 'entries are')} open, {done.changed.length}{' '}
            changed. <a href="/register?sort=newest">Show the newest</a>
          </p>
        </Notice>
        {done.bad.length > 0 && (
          <Notice icon="warn" tone="late">
            <ul class="problems">
              {done.bad.map(({ line, problem }) => (
                <li key={line}>
                  <b>Line {line}</b> {problem}
                </li>
              ))}
            </ul>
          </Notice>
        )}
      </>
    )
  return (
    <>
      {changes > 0 && (
        <label class="line">
          <input
            type="checkbox"
            checked={model.changesToo.value}
            disabled={model.isBusy.value}
            onChange={(event) => (model.changesToo.value = event.currentTarget.checked)}
          />
          Also change the {count(changes, 'entry that differs', 'entries that differ')}
        </label>
      )}
      {doing.what === 'bringing' && <Progress words="Importing" {...doing} />}
      {doing.what === 'failed' && (
        <Notice icon="warn" tone="late" live>
          <p>{doing.sentence} What is in stays in; go on when you like.</p>
        </Notice>
      )}
      <div class="wrap">
        <button
          class="btn primary"
          type="button"
          disabled={model.isBusy.value || opens + both === 0}
          onClick={() => void model.bringIn()}
        >
          {actInWords(
            doing.what === 'failed',
            opens - done.opened.length,
            both - done.changed.length,
          )}
        </button>
      </div>
    </>
  )
}

function actInWords(isGoingOn: boolean, opens: number, changes: number): string {
  const what = [opens > 0 && `${opens} new`, changes > 0 && `change ${changes}`].filter(Boolean)
  return `${isGoingOn ? 'Go on: import' : 'Import'} ${what.join(', ')}`.trim()
}
