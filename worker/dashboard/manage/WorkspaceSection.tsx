import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { Trouble } from '../parts/Trouble'
import { PublicPageForm } from './PublicPageForm'
import { WorkspaceModel } from './workspace'

interface WorkspaceSectionProps {
  api: ApiClient
  mayChange: boolean
  onChanged: (workspace: Me['workspace']) => void
}

export function WorkspaceSection({ api, mayChange, onChanged }: WorkspaceSectionProps) {
  const workspace = useModel(() => new WorkspaceModel({ api, onChanged }))
  useEffect(() => void workspace.reload(), [workspace])
  const state = workspace.state.value
  return (
    <section class="card pad fields" aria-labelledby="h-ws">
      <h2 id="h-ws">Workspace</h2>
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={workspace.reload} />
      )}
      {state.status === 'ready' && !mayChange && (
        <p class="soft">
          {state.value.coverEverything
            ? 'Pictures are covered whole; leaders reveal parts.'
            : 'Fields and patterns in pictures are covered.'}
        </p>
      )}
      {state.status === 'ready' && mayChange && (
        <>
          <form
            class="field"
            onSubmit={(event) => {
              event.preventDefault()
              void workspace.rename()
            }}
          >
            <label htmlFor="ws-name">Organisation</label>
            <div class="line">
              <input
                class="input"
                id="ws-name"
                value={workspace.name.value}
                maxLength={100}
                autoComplete="organization"
                onInput={(event) => workspace.setName(event.currentTarget.value)}
              />
              <button class="btn" type="submit" disabled={!workspace.canRename.value}>
                Save
              </button>
            </div>
          </form>
          <form
            class="field"
            onSubmit={(event) => {
              event.preventDefault()
              void workspace.savePrivateWords()
            }}
          >
            <label htmlFor="private-words">Texts to cover, one a line</label>
            <textarea
              class="input"
              id="private-words"
              rows={4}
              aria-describedby="private-hint"
              spellcheck={false}
              value={workspace.privateWords.value}
              onInput={(event) => workspace.setPrivateWords(event.currentTarget.value)}
            />
            <p class="hint" id="private-hint">
              Beside fields and patterns: names of wards, numbers of your own. # stands for any
              digit, so K###### is every such number. No lists of people.
            </p>
            <div>
              <button class="btn" type="submit" disabled={workspace.status.value === 'working'}>
                Save the list
              </button>
            </div>
          </form>
          <div class="choice">
            <input
              type="checkbox"
              id="cover"
              aria-describedby="cover-hint"
              checked={state.value.coverEverything}
              onChange={(event) => void workspace.setCoverEverything(event.currentTarget.checked)}
            />
            <p>
              <label htmlFor="cover">Cover everything</label>
              <span class="meta" id="cover-hint">
                The whole picture is covered and the leader reveals what the note is about. Right
                wherever health data may show. Browsers learn of a change when they next ask.
              </span>
            </p>
          </div>
          <div class="choice">
            <input
              type="checkbox"
              id="weekends"
              aria-describedby="weekends-hint"
              checked={state.value.clocksOnWeekends}
              onChange={(event) => void workspace.setClocksOnWeekends(event.currentTarget.checked)}
            />
            <p>
              <label htmlFor="weekends">Clocks run on weekends</label>
              <span class="meta" id="weekends-hint">
                A customer hears from us within 24 hours, Saturdays and Sundays too. Off, those two
                days do not count, from midnight to midnight UTC.
              </span>
            </p>
          </div>
          <PublicPageForm workspace={workspace} known={state.value.slug} />
        </>
      )}
      <div aria-live="polite">
        {workspace.status.value === 'saved' && (
          <Notice icon="check" tone="done">
            <p>Saved.</p>
          </Notice>
        )}
        {workspace.problem.value !== '' && (
          <Notice icon="warn" tone="late">
            <p>{workspace.problem.value}</p>
          </Notice>
        )}
      </div>
    </section>
  )
}
