import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newNote, pagePlace } from '../../support/ops'
import { note } from '../grouping/support'
import { countedD1 } from '../support/counted-d1'
import { newWorkspace } from '../support/workspace'
import { type Device, ask, newSender } from '../sync/support'
import { nearby } from './support'

/** A word that no other number has. */
const wordOf = (number: number) =>
  String(10_000 + number).replaceAll(/\d/g, (digit) => 'bcfhjkmpqv'[Number(digit)] ?? '')

/** Nothing that any other note is about, so that it has an entry of its own. */
const odd = (index: number) =>
  newNote({
    words: `${wordOf(index)} ${wordOf(5_000 + index)}`,
    place: { kind: 'desk', reason: wordOf(index) },
    walkId: null,
  })

/** A leader, a colleague who has noted so much, and where the leader's browser is by now. */
async function knownRegister(notes: number) {
  const workspace = await newWorkspace()
  const [me, other] = [await newSender({ workspace }), await newSender({ workspace })]
  for (let from = 0; from < notes; from += 10)
    // oxlint-disable-next-line no-await-in-loop -- as they would come
    await note(other, ...Array.from({ length: 10 }, (_, index) => odd(from + index)))
  let cursor: string | undefined
  let known = 0
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const page = await nearby(me, { ...(cursor !== undefined && { cursor }) })
    cursor = page.cursor
    known += page.rows.length
    if (!page.more) break
  }
  expect(known).toBe(notes)
  return { me, other, cursor }
}

async function costOf(device: Device, cursor: string) {
  const { d1, cost } = countedD1(env.DB)
  const path = `/v1/sync/nearby?cursor=${encodeURIComponent(cursor)}`
  const response = await ask(device, path, {}, { DB: d1 })
  const { rows } = await response.json<{ rows: unknown[] }>()
  return { ...cost, rows: rows.length }
}

test('news of what is nearby costs what is new, however large the register', async () => {
  const [small, large] = [await knownRegister(20), await knownRegister(200)]
  const cost = async ({ me, other, cursor }: typeof small) => {
    await note(other, newNote({ words: 'Nobody told me', place: pagePlace({ route: '/new' }) }))
    return costOf(me, cursor)
  }

  const [ofSmall, ofLarge] = [await cost(small), await cost(large)]

  expect([ofSmall.rows, ofLarge.rows]).toEqual([1, 1])
  expect(ofLarge.calls).toBeLessThanOrEqual(3)
  // A token that is touched reads a row or two.
  expect(Math.abs(ofLarge.rowsRead - ofSmall.rowsRead)).toBeLessThan(6)
})
