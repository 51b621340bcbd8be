import { EFFORT_WORDS, IMPACT_WORDS } from '#shared/entry'

import { Icon } from '../parts/Icon'
import { ScrollBox } from '../parts/ScrollBox'
import { count } from '../words'
import { badLinesFile } from './bad-lines'
import type { Table } from './file'
import type { LinePlan } from './import'
import type { BadLine } from './lines'

/** Lines a table shows; the rest is counted. */
const LINES_SHOWN = 200

/** Lines that cannot be taken, each with why, and as a file to mend. */
export function BadLines({ lines, table }: { lines: readonly BadLine[]; table: Table }) {
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

/** What each line would do that can be taken. */
export function Lines({ lines }: { lines: readonly LinePlan[] }) {
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
