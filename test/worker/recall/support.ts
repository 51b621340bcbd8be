import { env } from 'cloudflare:workers'

import type { WalkPart } from '#shared/walk'

import { newNote, newPart, newWalk, pagePlace, pageStep } from '../../support/ops'
import { pngOf } from '../blobs/png'
import { listTables } from '../support/schema'
import { attachmentOf } from '../sync/support'

/** Every row of every table, as an export would hold it, and every object's key and bytes. */
async function dumpAll(): Promise<string> {
  const tables = await listTables()
  const dumps = await Promise.all(
    tables.map(async ({ name }) => {
      const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
      return JSON.stringify({ name, results })
    }),
  )
  const { objects } = await env.BLOBS.list()
  const blobs = await Promise.all(
    objects.map(async ({ key }) => {
      const bytes = await (await env.BLOBS.get(key))?.arrayBuffer()
      return `${key}\n${new TextDecoder('latin1').decode(bytes)}`
    }),
  )
  return [...dumps, ...blobs].join('\n')
}

/** Which of the words are still somewhere, in any case; their stems count as well. */
export async function leftOf(...words: string[]): Promise<string[]> {
  const dump = (await dumpAll()).toLowerCase()
  return words.filter((word) => dump.includes(word.toLowerCase()))
}

let canaries = 0
/** A word that nobody else writes. */
const newCanary = () => `kanari${String.fromCharCode(97 + (canaries += 1))}vogel`

/** A note with a word of its own in every text that a walker can write. */
export async function newCanaryNote() {
  const canary = newCanary()
  const bytes = pngOf(`${canary} pixels`)
  const told = newNote({
    words: `${canary} first. And ${canary} again`,
    firstWords: `${canary} at first`,
    expected: `${canary} expected`,
    service: `${canary} service`,
    kind: 'jargon',
    wince: 3,
    money: 'free',
    place: pagePlace({
      route: `/${canary}`,
      title: `${canary} title`,
      anchor: {
        role: 'button',
        name: `${canary} name`,
        selectors: [{ kind: 'id', path: [`#${canary}`] }],
      },
    }),
    attachments: [await attachmentOf(bytes)],
  })
  return { canary, bytes, told, sha256: told.attachments[0]?.sha256 ?? '' }
}

/** A walk in two parts with words of their own wherever a walker, or the trail, can say something. */
export function newCanaryParts() {
  const [errand, persona, service, step, line] = Array.from({ length: 5 }, newCanary)
  const walk = newWalk({ errand: `${errand} errand`, persona: `${persona}`, service: `${service}` })
  const parts: WalkPart[] = [
    newPart({ walk, steps: [pageStep(1, `/${step}`)] }),
    newPart({
      walk: { ...walk, state: 'done', endedAt: walk.startedAt + 60_000 },
      part: 2,
      steps: [{ kind: 'click', seq: 2, at: walk.startedAt, role: 'button', name: `${step}` }],
      debrief: { done: 'no', effort: 6, line: `${line} and again ${line}`, fixFirst: null },
    }),
  ]
  return { walk, parts, canaries: [errand, persona, service, step, line].map(String) }
}
