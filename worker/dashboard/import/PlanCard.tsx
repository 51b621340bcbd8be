import { EFFORT_WORDS, IMPACT_WORDS } from '#shared/entry'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { ScrollBox } from '../parts/ScrollBox'
import { count } from '../words'
import { badLinesFile } from './bad-lines'
import type { Table } from './file'
import { type Import, type LinePlan, type Plan, sumsOf } from './import'
import type { BadLine } from './lines'
import { Progress } from './Progress'

/** Lines a table shows; the rest is counted. */
const LINES_SHOWN = 200

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
            `${changes} differ from what is here`,
            `${stay} are here as they are`,
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
          Also change the {count(changes, 'entry', 'entries')} that differ
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

function BadLines({ lines, table }: { lines: readonly BadLine[]; table: Table }) {
  return (
    <>
      <div class="foot wrap">
        <h3>Cannot be taken</h3>
        <button
          class="btn small"
          type="button"
          onClick={() => saveFile('lines-to-mend.csv', badLinesFile(table, lines))}
        >
          <Icon name="download" small /> Save these lines
        </button>
      </div>
      <ScrollBox label="Lines that cannot be taken">
        <table class="table">
          <thead>
            <tr>
              <th scope="col" class="line-number">
                Line
              </th>
              <th scope="col">Why, and what to do</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, LINES_SHOWN).map(({ line, problem }) => (
              <tr key={line}>
                <td class="line-number num">{line}</td>
                <td>{problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <More shown={LINES_SHOWN} of={lines.length} />
    </>
  )
}

function Lines({ lines }: { lines: readonly LinePlan[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <div class="foot">
        <h3>Can be taken</h3>
      </div>
      <ScrollBox label="What each line would do">
        <table class="table">
          <thead>
            <tr>
              <th scope="col" class="line-number">
                Line
              </th>
              <th scope="col" class="title">
                Title
              </th>
              <th scope="col">What it would do</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, LINES_SHOWN).map((line) => (
              <tr key={line.of.asked.line}>
                <td class="line-number num">{line.of.asked.line}</td>
                <th scope="row">{line.of.asked.title}</th>
                <td>{effectOf(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <More shown={LINES_SHOWN} of={lines.length} />
    </>
  )
}

function More({ shown, of }: { shown: number; of: number }) {
  return of > shown ? <p class="foot">And {count(of - shown, 'more line', 'more lines')}.</p> : null
}

function effectOf(line: LinePlan) {
  if (line.is === 'new') return ['New', ...valuesOf(line)].join(' · ')
  const { number } = line.entry
  return (
    <>
      <a href={`/register/${number}`}>{number}</a>{' '}
      {line.change.is === 'same' ? 'is here as it is' : line.change.words.join(' · ')}
    </>
  )
}

function valuesOf({ of: { asked } }: LinePlan): string[] {
  const { service, impact, effort, owner, cost, due, monthly } = asked
  return [
    service,
    impact && `impact ${impact}, ${IMPACT_WORDS[impact].toLowerCase()}`,
    effort && `effort ${effort}, ${EFFORT_WORDS[effort].toLowerCase()}`,
    owner && 'with an owner',
    cost !== undefined && `cost ${cost}`,
    due && `due ${due}`,
    monthly && `${monthly.customers} customers a month by ${monthly.source}`,
  ].flatMap((words) => words || [])
}

/** Gives the browser a file to keep; nothing is sent anywhere. */
function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
