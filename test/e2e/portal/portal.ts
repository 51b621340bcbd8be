import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Show } from './answer'
import { answerTo } from './pages'

/** A request that reached the portal, whichever of its two origins. */
interface PortalRequest {
  method: string
  /** With its query. */
  path: string
  body: string
}

/** A hospital's help-desk portal, of two origins as such portals are: itself and its partner. */
export interface Portal {
  origin: string
  /** The sign-in page and the pages in foreign frames. */
  otherOrigin: string
  requests: PortalRequest[]
  stop(): Promise<void>
}

/** Starts the portal on two free ports of this machine. */
export async function startPortal(show: Show = answerTo): Promise<Portal> {
  const requests: PortalRequest[] = []
  const origins = { origin: '', otherOrigin: '' }
  const servers = [0, 1].map(() =>
    createServer((request, response) => void serve(request, response)),
  )

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const path = request.url ?? '/'
    requests.push({ method: request.method ?? 'GET', path, body })
    const answer = show({
      method: request.method ?? 'GET',
      url: new URL(path, origins.origin),
      form: new URLSearchParams(body),
      isSignedIn: /(?:^|;\s*)portal=in/.test(request.headers.cookie ?? ''),
      ...origins,
    })
    await new Promise((resolve) => setTimeout(resolve, answer.delayMs ?? 0))
    response.writeHead(answer.status ?? 200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...answer.headers,
    })
    response.end(answer.html ?? '')
  }

  const [first, second] = await Promise.all(servers.map(listen))
  origins.origin = first ?? ''
  origins.otherOrigin = second ?? ''
  return {
    ...origins,
    requests,
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
