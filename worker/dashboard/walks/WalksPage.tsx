import type { WalkApi } from '#shared/api/walk'

import { Page } from '../parts/Page'
import { WalkList } from './WalkList'

interface WalksPageProps {
  api: WalkApi
  /** Unix ms. */
  now: number
}

/** What was walked. */
export function WalksPage({ api, now }: WalksPageProps) {
  return (
    <Page title="Walks" class="walks-page">
      <header class="head">
        <h1>Walks</h1>
        <p class="soft">As far as they were sent, newest first</p>
      </header>
      <WalkList api={api} now={now} />
    </Page>
  )
}
