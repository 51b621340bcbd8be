import { useModel } from '@preact/signals'
import { Route, Router, useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { browserClock } from './clock'
import { HomePage } from './home/HomePage'
import { LeaderHomePage } from './home/LeaderHomePage'
import { JoinPage } from './join/JoinPage'
import { Nav } from './Nav'
import { EntryRoute, MenuRoute, NoSuchPage, StoryRoute, WalkRoute } from './address-routes'
import { PairPage } from './pair/PairPage'
import { AnywherePalette } from './palette/AnywherePalette'
import { goToCommands } from './palette/go-to'
import { Frame } from './parts/Frame'
import { Loading } from './parts/Loading'
import { newId } from './parts/new-id'
import { onDemand } from './parts/on-demand'
import { mayChangeEntries, mayReadRegister } from './parts/roles'
import { Trouble } from './parts/Trouble'
import { OpenPromisesModel } from './recovery/open-promises'
import { RegisterPage } from './register/RegisterPage'
import type { SessionState } from './session'
import { SetupPage } from './setup/SetupPage'
import { SignInPage } from './sign-in/SignInPage'
import { TriageModel } from './triage/triage'
import { TriagePage } from './triage/TriagePage'
import { useWaiting } from './triage/use-waiting'

// What people come for every day is there at once, the rest when they go there.
const AccountPage = onDemand(() => import('./account/AccountPage').then((page) => page.AccountPage))
const ConnectPage = onDemand(() => import('./connect/ConnectPage').then((page) => page.ConnectPage))
const ManagePage = onDemand(() => import('./manage/ManagePage').then((page) => page.ManagePage))
const MeetingPage = onDemand(() => import('./meeting/MeetingPage').then((page) => page.MeetingPage))
const MenusPage = onDemand(() => import('./menu/MenusPage').then((page) => page.MenusPage))
const PlanPage = onDemand(() => import('./plan/PlanPage').then((page) => page.PlanPage))
const PlaybooksPage = onDemand(() =>
  import('./playbook/PlaybooksPage').then((page) => page.PlaybooksPage),
)
const ToldPage = onDemand(() => import('./told/ToldPage').then((page) => page.ToldPage))
const WalksPage = onDemand(() => import('./walks/WalksPage').then((page) => page.WalksPage))
const ImportPage = onDemand(() => import('./import/ImportPage').then((page) => page.ImportPage))
const KeepPage = onDemand(() => import('./keep/KeepPage').then((page) => page.KeepPage))
const FollowUpsPage = onDemand(() =>
  import('./recovery/FollowUpsPage').then((page) => page.FollowUpsPage),
)

/** Which pages there are. Tokens and codes come in the fragment, which no server sees. */
export function App({ api, session }: { api: ApiClient; session: SessionState }) {
  const { path } = useLocation()
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      {path === '/setup' ? (
        <SetupPage api={api} token={fragment()} onDone={session.begin} />
      ) : path === '/join' ? (
        <JoinPage api={api} token={fragment()} onJoined={session.begin} />
      ) : path === '/pair' ? (
        <PairPage origin={location.origin} code={fragment()} />
      ) : (
        <SignedIn api={api} session={session} />
      )}
    </>
  )
}

function SignedIn({ api, session }: { api: ApiClient; session: SessionState }) {
  useEffect(() => {
    if (session.state.peek().status === 'looking') void session.look(api)
  }, [api, session])
  const state = session.state.value
  switch (state.status) {
    case 'in':
      return <Workspace api={api} session={session} me={state.me} />
    case 'out':
      return <SignInPage api={api} onSignedIn={session.begin} />
    case 'looking':
    case 'failed':
      return (
        <Frame title="Wince" class="narrow">
          <h1 class="vh">Wince</h1>
          {state.status === 'looking' ? (
            <Loading />
          ) : (
            <Trouble retry={() => void session.look(api)} />
          )}
        </Frame>
      )
  }
}

function Workspace({ api, session, me }: { api: ApiClient; session: SessionState; me: Me }) {
  const { path, route } = useLocation()
  const now = browserClock.now()
  const reads = mayReadRegister(me.person.role)
  // It outlives its page: what was decided goes on being sent, and can be taken back from elsewhere.
  const triage = useModel(() => new TriageModel({ api, newId }))
  useWaiting(triage, { path, reads, clock: browserClock })
  const promises = useModel(() => new OpenPromisesModel({ api }))
  useEffect(() => {
    if (reads) void promises.lookUp()
  }, [promises, path, reads])
  const goTo = goToCommands(me.person.role, route)
  const signOut = () => {
    session.end()
    route('/')
  }
  return (
    <div class="app">
      <Nav me={me} waiting={triage.waiting.value} promises={promises.counts.value?.open ?? null} />
      {reads && path !== '/triage' && (
        <AnywherePalette
          api={api}
          commands={goTo}
          openEntry={(number) => route(`/register/${number}`)}
        />
      )}
      {reads ? (
        <Router>
          <Route
            path="/"
            component={HomePage}
            api={api}
            now={now}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/triage"
            component={TriagePage}
            triage={triage}
            mayDecide={mayChangeEntries(me.person.role)}
            goTo={goTo}
          />
          <Route
            path="/keep"
            component={KeepPage}
            api={api}
            now={now}
            mayThank={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/walks/plan"
            component={PlanPage}
            api={api}
            me={me}
            now={now}
            mayPlan={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/register"
            component={RegisterPage}
            api={api}
            newId={newId}
            now={now}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/register/import"
            component={ImportPage}
            api={api}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/meeting"
            component={MeetingPage}
            api={api}
            newId={newId}
            now={now}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/follow-ups"
            component={FollowUpsPage}
            api={promises.api}
            now={now}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/register/:number"
            component={EntryRoute}
            api={promises.api}
            now={now}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route
            path="/playbooks"
            component={PlaybooksPage}
            api={api}
            mayChange={mayChangeEntries(me.person.role)}
          />
          <Route path="/told" component={ToldPage} api={api} />
          <Route path="/menus" component={MenusPage} api={api} now={now} />
          <Route
            path="/menus/:number"
            component={MenuRoute}
            api={api}
            mayImport={mayChangeEntries(me.person.role)}
          />
          <Route path="/walks" component={WalksPage} api={api} now={now} readsRegister />
          <Route path="/walks/:id" component={WalkRoute} api={api} readsRegister />
          <Route path="/walks/:id/story" component={StoryRoute} />
          <Route
            path="/manage"
            component={ManagePage}
            api={api}
            me={me}
            onWorkspaceChanged={session.rename}
          />
          <Route path="/manage/connect" component={ConnectPage} api={api} me={me} />
          <Route path="/account" component={AccountPage} api={api} me={me} onSignedOut={signOut} />
          <Route default component={NoSuchPage} />
        </Router>
      ) : (
        <Router>
          <Route path="/" component={LeaderHomePage} />
          <Route path="/walks" component={WalksPage} api={api} now={now} readsRegister={false} />
          <Route path="/walks/:id" component={WalkRoute} api={api} readsRegister={false} />
          <Route path="/walks/:id/story" component={StoryRoute} />
          <Route path="/manage/connect" component={ConnectPage} api={api} me={me} />
          <Route path="/account" component={AccountPage} api={api} me={me} onSignedOut={signOut} />
          <Route default component={NoSuchPage} />
        </Router>
      )}
    </div>
  )
}

/** What follows the #: a token or a code. */
function fragment(): string {
  return location.hash.slice(1)
}
