import type { ApiClient } from '#shared/api-client'

import { browserClock } from './clock'
import { EntryPage } from './entry/EntryPage'
import { onDemand } from './parts/on-demand'
import { Page } from './parts/Page'

/** Pages that their address tells apart. */

const MenuPage = onDemand(() => import('./menu/MenuPage').then((page) => page.MenuPage))
const StoryPage = onDemand(() => import('./walks/StoryPage').then((page) => page.StoryPage))
const WalkPage = onDemand(() => import('./walks/WalkPage').then((page) => page.WalkPage))

interface EntryRouteProps {
  api: ApiClient
  now: number
  mayChange: boolean
  /** From the address. */
  params?: Record<string, string>
}

/** Another number is another page, with a model of its own. */
export function EntryRoute({ params, ...around }: EntryRouteProps) {
  const number = params?.['number'] ?? ''
  return /^[1-9]\d{0,8}$/.test(number) ? (
    <EntryPage key={number} number={Number(number)} {...around} />
  ) : (
    <NoSuchPage />
  )
}

interface MenuRouteProps {
  api: ApiClient
  mayImport: boolean
  params?: Record<string, string>
}

export function MenuRoute({ params, ...around }: MenuRouteProps) {
  const number = params?.['number'] ?? ''
  return <MenuPage key={number} number={number} {...around} />
}

interface WalkRouteProps {
  api: ApiClient
  readsRegister: boolean
  /** From the address. */
  params?: Record<string, string>
  query?: Record<string, string>
}

/** Another walk is another page, with a model of its own. */
export function WalkRoute({ params, query, ...around }: WalkRouteProps) {
  const id = params?.['id'] ?? ''
  const beside = query?.['with'] ?? null
  return <WalkPage key={id} walkId={id} besideId={beside} clock={browserClock} {...around} />
}

export function StoryRoute({ params }: Pick<WalkRouteProps, 'params'>) {
  return <StoryPage walkId={params?.['id'] ?? ''} />
}

export function NoSuchPage() {
  return (
    <Page title="Not here">
      <h1>There is nothing here</h1>
      <p>
        The address may be wrong. <a href="/">This week</a> shows what is new.
      </p>
    </Page>
  )
}
