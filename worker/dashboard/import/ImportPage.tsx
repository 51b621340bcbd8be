import { useModel } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'

import { Notice } from '../parts/Notice'
import { Page } from '../parts/Page'
import { ColumnsCard } from './ColumnsCard'
import { ImportModel } from './import'
import { PlanCard } from './PlanCard'

/** A list from elsewhere becomes entries: its file, what its columns are, what would happen, then that. */
export function ImportPage({ api, mayChange }: { api: ApiClient; mayChange: boolean }) {
  const model = useModel(() => new ImportModel({ api }))
  const table = model.table.value
  return (
    <Page title="Import" class="recovery-page import-page">
      <nav class="crumb" aria-label="Where you are">
        <a href="/register">Register</a>
        <span aria-hidden="true">›</span>
        <span>Import</span>
      </nav>
      <header>
        <h1>
          <b>Import a list.</b> You see what would happen first; nothing changes before you say so.
        </h1>
      </header>
      {mayChange ? (
        <section class="card" aria-labelledby="h-file">
          <header>
            <h2 id="h-file">The file</h2>
          </header>
          <div class="foot fields">
            <div class="field">
              <label htmlFor="import-file">A CSV, as a spreadsheet saves it</label>
              <input
                class="input"
                id="import-file"
                type="file"
                accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
                disabled={model.isBusy.value}
                aria-describedby="import-hint"
                onChange={(event) => {
                  const [file] = event.currentTarget.files ?? []
                  if (file) void model.choose(file)
                }}
              />
              <p class="hint" id="import-hint">
                Its first line names the columns. At most 2,000 lines and 2 MB at once. Say
                problems, never who had them.
              </p>
            </div>
            {model.trouble.value !== null && (
              <Notice icon="warn" tone="late" live>
                <p>{model.trouble.value}</p>
              </Notice>
            )}
          </div>
        </section>
      ) : (
        <p class="soft">Reviewers, admins and owners import lists.</p>
      )}
      {table !== null && <ColumnsCard model={model} table={table} />}
      {model.plan.value !== null && table !== null && (
        <PlanCard model={model} plan={model.plan.value} table={table} />
      )}
    </Page>
  )
}
