import { createModel, signal, useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import { CANNOT_FIX_HIGH, type ToldPage as Told } from '#shared/api/message'

import { load, type Load } from '../load'
import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { Page } from '../parts/Page'
import { Trouble } from '../parts/Trouble'
import { toLongDay } from '../words'
import { KIND_WORDS } from './messages'

const ToldModel = createModel(({ api }: { api: Pick<ApiClient, 'listTold'> }) => {
  const state = signal<Load<Told>>({ status: 'loading' })
  return {
    state,
    reload: () => load(state, () => api.listTold()),
    /** The next page behind what is shown; what fails leaves it as it is. */
    async showMore() {
      const shown = state.peek()
      if (shown.status !== 'ready' || shown.value.next === null) return
      const { told, next } = shown.value
      await load(state, async () => {
        const page = await api.listTold(next)
        return { ...page, told: [...told, ...page.told] }
      })
    },
  }
})

/** What customers were told, the newest first. */
export function ToldPage({ api }: { api: ApiClient }) {
  const page = useModel(() => new ToldModel({ api }))
  useEffect(() => void page.reload(), [page])
  const state = page.state.value
  return (
    <Page title="What changed" class="recovery-page">
      <header>
        <p class="eyebrow">What changed</p>
        <h1>
          <b>You said, we did.</b> What customers were told, the newest first.
        </h1>
      </header>
      {state.status === 'ready' ? (
        <Shown shown={state.value} showMore={() => void page.showMore()} />
      ) : state.status === 'loading' ? (
        <Loading />
      ) : (
        <Trouble retry={page.reload} />
      )}
    </Page>
  )
}

function Shown({ shown, showMore }: { shown: Told; showMore: () => void }) {
  const { told, next, slug, cannotFix } = shown
  return (
    <>
      <p class="soft">
        {slug === null ? (
          <>
            There is no public page. <a href="/manage">Set up</a> gives it a name.
          </>
        ) : (
          <>
            Public: {/* Not the dashboard's: the router leaves other targets alone. */}
            <a href={`/public/${slug}`} target="_blank" rel="noopener noreferrer">
              the page
            </a>{' '}
            and{' '}
            <a href={`/public/${slug}/feed.xml`} target="_blank" rel="noopener noreferrer">
              its feed
            </a>
          </>
        )}
      </p>
      {cannotFix !== null && <CannotFix share={cannotFix} />}
      <section class="card" aria-labelledby="h-told">
        <header>
          <h2 id="h-told">What we told people</h2>
        </header>
        {told.length === 0 ? (
          <p class="foot">
            Nothing yet. What is written on the page of an entry stands here once it is closed.
          </p>
        ) : (
          <ol class="told-list">
            {told.map(({ id, kind, youSaid, words, at, entry, isPublished }) => (
              <li key={id}>
                <p class="meta">
                  {KIND_WORDS[kind]} · {toLongDay(at)}
                  {isPublished && ' · public'}
                </p>
                {youSaid !== '' && (
                  <p>
                    <b>You said: {youSaid}</b>
                  </p>
                )}
                <p class="told">{words}</p>
                <p class="meta">
                  <a href={`/register/${entry.number}`}>
                    #{entry.number} {entry.title}
                  </a>
                </p>
              </li>
            ))}
          </ol>
        )}
        {next !== null && (
          <p class="foot">
            <button class="btn" type="button" onClick={showMore}>
              Show older
            </button>
          </p>
        )}
      </section>
    </>
  )
}

/** A share, never a count; a warning once it is no longer the exception. */
function CannotFix({ share }: { share: number }) {
  const words = `${Math.round(share * 100)} % of what was closed this year could not be fixed, and was explained.`
  return share > CANNOT_FIX_HIGH ? (
    <Notice icon="warn" tone="late">
      <p>{words} That should be the rare exception: look at these entries again.</p>
    </Notice>
  ) : (
    <p class="soft">{words}</p>
  )
}
