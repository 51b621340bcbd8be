import type { WalkApi } from '#shared/api/walk'

import { Page } from '../parts/Page'
import { WalkList } from './WalkList'

interface WalksPageProps {
  api: WalkApi
  /** Unix ms. */
  now: number
  /** The role may see what everybody walked, and plan. */
  readsRegister: boolean
}

/** What was walked. */
export function WalksPage({ api, now, readsRegister }: WalksPageProps) {
  return (
    <Page title="Walks" class="walks-page">
      <header class="head">
        <h1>Walks</h1>
        <p class="soft">As far as they were sent, newest first</p>
        {readsRegister && (
          <a class="btn" href="/walks/plan">
            Coverage and plan
          </a>
        )}
      </header>
      <WalkList api={api} now={now} />
    </Page>
  )
}
