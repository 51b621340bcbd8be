import { Notice } from '../parts/Notice'
import { ScrollBox } from '../parts/ScrollBox'
import { count } from '../words'
import { type Column, COLUMN_WORDS } from './columns'
import type { Table } from './file'
import type { Import } from './import'
import { Progress } from './Progress'

interface ColumnsCardProps {
  model: Import
  table: Table
}

/** What each column of the file is; the rest is left out. */
export function ColumnsCard({ model, table }: ColumnsCardProps) {
  const columns = model.columns.value
  const doing = model.doing.value
  const hasPlan = model.plan.value !== null
  return (
    <section class="card" aria-labelledby="h-columns">
      <header>
        <h2 id="h-columns">Its columns</h2>
        <span class="meta">
          {table.name}, {count(table.rows.length, 'line', 'lines')}
        </span>
      </header>
      <ScrollBox label="What each column is">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Its first values</th>
              <th scope="col">Is</th>
            </tr>
          </thead>
          <tbody>
            {table.head.map((name, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- a column is its place: names may be the same
              <tr key={at}>
                <th scope="row">{name || `Column ${at + 1}`}</th>
                <td class="soft">{firstValues(table, at)}</td>
                <td>
                  <select
                    class="input"
                    aria-label={`${name || `Column ${at + 1}`} is`}
                    disabled={model.isBusy.value}
                    value={columns[at] ?? ''}
                    onChange={(event) =>
                      model.setColumn(at, (event.currentTarget.value || null) as Column | null)
                    }
                  >
                    <option value="" selected={columns[at] === null}>
                      Left out
                    </option>
                    {Object.entries(COLUMN_WORDS).map(([column, words]) => (
                      <option key={column} value={column} selected={columns[at] === column}>
                        {words}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <div class="foot fields">
        {model.asksDayOrder.value && (
          <fieldset class="wrap">
            <legend>In “03/04/2026”, what comes first?</legend>
            {(['day-first', 'month-first'] as const).map((order) => (
              <label class="line" key={order}>
                <input
                  type="radio"
                  name="day-order"
                  checked={model.dayOrder.value === order}
                  onChange={() => model.setDayOrder(order)}
                />
                {order === 'day-first' ? 'The day: 3 April' : 'The month: 4 March'}
              </label>
            ))}
          </fieldset>
        )}
        {!columns.includes('title') && (
          <p class="hint">Say which column is the title: the problem, in the customer’s words.</p>
        )}
        <p class="hint">
          States are not taken over: entries begin as new. An empty cell leaves what is there. With
          a key, or else by service and title, a list that comes again opens nothing twice.
        </p>
        {doing.what === 'looking' && <Progress words="Looking" {...doing} />}
        {doing.what === 'failed' && !hasPlan && (
          <Notice icon="warn" tone="late" live>
            <p>{doing.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button
            class={hasPlan ? 'btn' : 'btn primary'}
            type="button"
            disabled={!model.canLook.value}
            onClick={() => void model.look()}
          >
            {hasPlan ? 'Look again' : 'See what would happen'}
          </button>
        </div>
      </div>
    </section>
  )
}

/** So much of a column that one knows it again. */
function firstValues({ rows }: Table, at: number): string {
  const values = rows.flatMap(({ fields }) => fields[at] || [])
  const shown = values
    .slice(0, 3)
    .map((value) => (value.length > 40 ? `${value.slice(0, 39)}…` : value))
  return shown.join(' · ')
}
