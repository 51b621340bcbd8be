import { Hono } from 'hono'

import type { Role } from '#shared/people'

import type { PublicEnv } from '../../worker/app-env'
import { blobs } from '../../worker/blobs/routes'
import { pictureSweep } from '../../worker/blobs/sweep'
import { openDatabase } from '../../worker/database/open'
import { deviceDoor } from '../../worker/doors/device-door'
import { Refused, answerError } from '../../worker/doors/refusal'
import { hashOf } from '../../worker/doors/tokens'
import type { Env } from '../../worker/env'
import { sweepPendingNotes } from '../../worker/grouping/group-notes'
import { nearby } from '../../worker/nearby/routes'
import { sync } from '../../worker/sync/routes'
import { faultyD1, faultyR2 } from './faulty-d1'
import type { Life } from './scheduler'
import type { World } from './world'

export const ORIGIN = 'https://wince.example.org'

export interface SimRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | undefined
}

export interface SimAnswer {
  status: number
  text: string
  retryAfter: string | null
}

export interface Person {
  id: string
  workspaceId: string
}

/** A request in the worker. */
type Mortal = Life & { kill(): void }

type SimEnv = Env & Pick<PublicEnv['Variables'], 'platform'>

/** The device's door and everything behind it that sync needs, as production mounts it. */
const app = new Hono<PublicEnv>()
  .use(async (c, next) => {
    c.set('requestId', 'simulated')
    c.set('db', openDatabase(c.env.DB))
    c.set('platform', (c.env as SimEnv).platform)
    await next()
  })
  .use('/v1/*', deviceDoor)
  .route('/v1/sync/nearby', nearby)
  .route('/v1/sync', sync)
  .route('/v1/blobs', blobs)
  // Faults are no surprises here, and a log of them would only cost time.
  .onError((error, c) =>
    error instanceof Refused ? answerError(error, c) : c.json({ error: 'internal' }, 500),
  )

/** The worker, its people, and what an operator does. */
export function newServer(world: World) {
  const { backend, scheduler, chance, note } = world
  const d1 = world.mutant.d1?.(backend.d1) ?? backend.d1
  const r2 = world.mutant.r2?.(backend.r2) ?? backend.r2
  const platform = { now: world.now, randomBytes: chance.fork().bytes }
  const people: Person[] = []
  const underWay = new Set<Mortal>()
  let lives = 0
  let epoch = 1
  let tokens = 0

  function newLife(): Mortal {
    lives += 1
    const life = {
      name: `w${lives}`,
      alive: true,
      kill() {
        life.alive = false
        underWay.delete(life)
      },
    }
    return life
  }

  function envFor(life: Mortal): SimEnv {
    return {
      DB: faultyD1(d1, world, life),
      BLOBS: faultyR2(r2, world, life),
      ASSETS: undefined as never,
      platform,
    }
  }

  async function handle(request: SimRequest, life: Mortal): Promise<SimAnswer> {
    const background: Promise<unknown>[] = []
    const context = {
      waitUntil: (work: Promise<unknown>) => void background.push(work),
      passThroughOnException() {},
      props: {},
    }
    const response = await app.fetch(toRequest(request), envFor(life), context)
    const text = await scheduler.track(response.text())
    return { status: response.status, text, retryAfter: response.headers.get('retry-after') }
  }

  return {
    people,
    /** The life that every workspace's database is in. */
    epoch: () => epoch,

    /** @returns undefined when the worker died over it */
    deliver(request: SimRequest, delay = 0): Promise<SimAnswer | undefined> {
      const life = newLife()
      return new Promise((resolve) => {
        const kill = life.kill
        life.kill = () => {
          kill()
          note(`${life.name} is killed`)
          resolve(undefined)
        }
        const work = async () => {
          await scheduler.point(life, `gets ${request.method} ${pathOf(request)}`, delay)
          underWay.add(life)
          const answer = await handle(request, life)
          note(`${life.name} answers ${answer.status}`)
          resolve(answer)
        }
        work().catch((error: unknown) => {
          world.surprises.push(String(error))
          resolve(undefined)
        })
      })
    },

    /** Cron. */
    async sweep(): Promise<void> {
      const life = newLife()
      underWay.add(life)
      const env = envFor(life)
      const deps = { d1: env.DB, db: openDatabase(env.DB), ...platform }
      // What fails is tried again a minute later.
      await sweepPendingNotes(deps).catch(() => 0)
      await pictureSweep.run(env, world.now()).catch(() => {})
    },

    async addWorkspace(id: string, name: string): Promise<void> {
      await backend.d1
        .prepare('INSERT INTO workspace (id, name, created_at) VALUES (?, ?, ?)')
        .bind(id, name, world.now())
        .run()
    },

    async addPerson(person: Person): Promise<void> {
      people.push(person)
      await backend.d1
        .prepare(
          "INSERT INTO person (id, workspace_id, name, role, created_at) VALUES (?, ?, 'Lea', 'walker', ?)",
        )
        .bind(person.id, person.workspaceId, world.now())
        .run()
    },

    /** What the dashboard and /v1/pair do together: a token for this person's browser. */
    async pair(person: Person, deviceId: string): Promise<SimAnswer> {
      tokens += 1
      const token = `token-${tokens}-`.padEnd(43, 'x')
      await backend.d1
        .prepare(
          "INSERT INTO device (id, workspace_id, person_id, token_hash, name, created_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, 'Edge', ?5, ?5)",
        )
        .bind(deviceId, person.workspaceId, person.id, await hashOf(token), world.now())
        .run()
      const workspace = await backend.d1
        .prepare('SELECT id, name, epoch FROM workspace WHERE id = ?')
        .bind(person.workspaceId)
        .first()
      return {
        status: 201,
        text: JSON.stringify({
          token,
          deviceId,
          workspace: { ...workspace, coverEverything: true },
          person: { id: person.id, name: 'Lea', role: 'walker' },
        }),
        retryAfter: null,
      }
    },

    async revokeAll(person: Person): Promise<void> {
      await backend.d1
        .prepare('UPDATE device SET revoked_at = ? WHERE person_id = ?')
        .bind(world.now(), person.id)
        .run()
    },

    async setRole(person: Person, role: Role): Promise<void> {
      await backend.d1
        .prepare('UPDATE person SET role = ? WHERE id = ?')
        .bind(role, person.id)
        .run()
    },

    /**
     * Time Travel, and the step of the runbook after it: an epoch that never was before. Some of
     * what was under way is cut off; the rest goes on, in a database that it does not know.
     */
    async restore(snapshot: unknown): Promise<void> {
      epoch += 1
      world.restores += 1
      for (const life of underWay) if (chance.hit(0.5)) life.kill()
      await backend.restore(snapshot)
      await backend.d1.prepare('UPDATE workspace SET epoch = ?').bind(epoch).run()
    },
  }
}
export type Server = ReturnType<typeof newServer>

export function pathOf({ url }: SimRequest): string {
  return new URL(url).pathname
}

/** As much of a request as Hono reads; a body that is there at once keeps histories the same. */
function toRequest({ method, url, headers, body }: SimRequest): Request {
  return {
    method,
    url,
    headers: new Headers(headers),
    text: async () => (typeof body === 'string' ? body : new TextDecoder().decode(body)),
    arrayBuffer: async () =>
      typeof body === 'string' ? new TextEncoder().encode(body).buffer : body?.slice().buffer,
  } as unknown as Request
}
