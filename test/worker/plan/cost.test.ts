import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { openDatabase } from '../../../worker/database/open'
import { listCoverage } from '../../../worker/coverage/queries'
import { MORNING, newNote, newPart, newWalk, noteOp, partOp } from '../../support/ops'
import { countedD1 } from '../support/counted-d1'
import { newSender, push } from '../sync/support'

const SERVICES = ['Accounts', 'Printing', 'Rota', 'Wi-Fi']

/** A workspace in which each service was walked, and noted on, so often. */
async function walkedSoOften(times: number) {
  const device = await newSender()
  let mid = 0
  for (let round = 0; round < times; round += 1) {
    const ops = SERVICES.flatMap((service) => {
      const walk = newWalk({ service, startedAt: MORNING + round * 60_000 })
      const note = newNote({ service, walkId: walk.id, at: walk.startedAt })
      return [partOp((mid += 1), newPart({ walk })), noteOp((mid += 1), note)]
    })
    // oxlint-disable-next-line no-await-in-loop -- one browser sends them in order
    const results = await push(device, ops)
    expect(results.every(({ status }) => status === 'applied')).toBe(true)
  }
  return device.workspace.id
}

test('coverage costs the services that it lists, and one call, however often they were walked', async () => {
  const [few, many] = [await walkedSoOften(2), await walkedSoOften(30)]
  const cost = async (workspaceId: string) => {
    const counted = countedD1(env.DB)
    const services = await listCoverage(counted.d1, openDatabase(counted.d1), workspaceId)
    expect(services.map(({ service }) => service)).toEqual(SERVICES)
    return counted.cost
  }

  const [ofFew, ofMany] = [await cost(few), await cost(many)]

  expect([ofFew.calls, ofMany.calls]).toEqual([1, 1])
  expect(ofMany.rowsRead).toBeLessThanOrEqual(ofFew.rowsRead * 1.5)
})
