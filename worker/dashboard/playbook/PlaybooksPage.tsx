import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { newId } from '../parts/new-id'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { PlaybookDialog } from './PlaybookDialog'
import { PlaybookItem } from './PlaybookItem'
import { PlaybooksModel } from './playbooks'

/** What is done in the first hour of failures that one can foresee. */
export function PlaybooksPage({ api, mayChange }: { api: ApiClient; mayChange: boolean }) {
  const playbooks = useModel(() => new PlaybooksModel({ api, newId }))
  useEffect(() => void playbooks.reload(), [playbooks])
  const state = playbooks.state.value
  const form = playbooks.form.value
  const said = playbooks.said.value
  return (
    <Page title="Playbooks" class="recovery-page">
      <nav class="crumb" aria-label="Where you are">
        <a href="/follow-ups">Follow-ups</a>
        <span aria-hidden="true">›</span>
        <span>Playbooks</span>
      </nav>
      <header>
        <h1>
          <b>Playbooks.</b> Who does what in the first hour of a failure one can foresee.
        </h1>
      </header>
      {mayChange && (
        <p>
          <button class="btn" type="button" onClick={() => playbooks.begin(null)}>
            <Icon name="plus" small /> Write a playbook
          </button>
        </p>
      )}
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={playbooks.reload} />
      )}
      {state.status === 'ready' && state.value.length === 0 && (
        <p class="soft">None yet. Begin with the failure that hits most customers at once.</p>
      )}
      {state.status === 'ready' &&
        state.value.map((playbook) => (
          <section key={playbook.id} class="card pad playbook" aria-label={playbook.name}>
            <div class="sechead">
              <h2>{playbook.name}</h2>
              <span class="meta">{playbook.service}</span>
              {mayChange && (
                <button
                  class="btn small"
                  type="button"
                  aria-label={`Change: ${playbook.name}`}
                  onClick={() => playbooks.begin(playbook)}
                >
                  Change
                </button>
              )}
            </div>
            <PlaybookItem playbook={playbook} />
          </section>
        ))}
      {form !== null && <PlaybookDialog playbooks={playbooks} form={form} />}
      {form === null && said.what !== 'nothing' && (
        <Toast sentence={said.sentence} onGone={playbooks.dismiss} />
      )}
    </Page>
  )
}
