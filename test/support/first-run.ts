import { type ApiClient, createApiClient } from '#shared/api-client'

import type { RunningWorker } from './worker'

/** The first run over HTTP, as the dashboard does it; its owner is signed in, and may be once more for each code. */
export async function openWorkspace({
  origin,
  setupToken,
}: Pick<RunningWorker, 'origin' | 'setupToken'>): Promise<{
  client: ApiClient
  /** A GET as the page sends it, for what the client has no word for. */
  ask: (path: string) => Promise<Response>
  workspaceId: string
  ownerId: string
  recoveryCodes: string[]
}> {
  const fetchIt = fetchAsPage(origin)
  const client = createApiClient({ baseUrl: origin, fetch: fetchIt })
  const ask = (path: string) => fetchIt(origin + path, { method: 'GET', headers: {} })
  const { person, workspace, recoveryCodes } = await client.finishSetup({
    token: setupToken,
    workspaceName: 'IT Service Team',
    ownerName: 'Olive Owner',
    coverEverything: false,
    passkey: null,
  })
  return { client, ask, workspaceId: workspace.id, ownerId: person.id, recoveryCodes }
}

/** What a browser adds to the requests of Wince's own page, and the cookie it keeps. */
function fetchAsPage(origin: string) {
  let cookie = ''
  return async (url: string, init: { method: string; headers: Record<string, string> }) => {
    const response = await fetch(url, {
      ...init,
      headers: {
        ...init.headers,
        Origin: origin,
        'Sec-Fetch-Site': 'same-origin',
        ...(cookie !== '' && { Cookie: cookie }),
      },
    })
    for (const set of response.headers.getSetCookie()) cookie = set.split(';', 1)[0] ?? ''
    return response
  }
}
