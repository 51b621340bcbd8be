import { render } from 'preact'
import { LocationProvider } from 'preact-iso'

import { openApi } from './api'
import { App } from './App'
import { SessionModel } from './session'

const root = document.querySelector('#app')
if (root) {
  const session = new SessionModel()
  const api = openApi(session.end)
  render(
    <LocationProvider>
      <App api={api} session={session} />
    </LocationProvider>,
    root,
  )
}
