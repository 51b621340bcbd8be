import type { Env } from '../../../worker/env'
import worker from '../../../worker/index'
import { type D1Cost, countedD1 } from './counted-d1'
import { type Recording, recordD1 } from './recording-d1'

const recording: Recording = { statements: [], calls: 0 }
const cost: D1Cost = { calls: 0, rowsRead: 0 }

/**
 * The worker itself over a D1 that counts, for a measurement. `GET /bench/d1` tells the calls,
 * statements and rows read since the last time it was asked, with those made after an answer was given.
 */
// oxlint-disable-next-line import/no-default-export -- what the runtime starts
export default {
  ...worker,
  fetch(request, env, context) {
    if (new URL(request.url).pathname !== '/bench/d1') {
      const { d1 } = countedD1(env.DB, cost)
      return worker.fetch(request, { ...env, DB: recordD1(d1, recording) }, context)
    }
    const counts = {
      calls: recording.calls,
      statements: recording.statements.length,
      rowsRead: cost.rowsRead,
    }
    cost.rowsRead = 0
    recording.calls = 0
    recording.statements = []
    return Response.json(counts)
  },
} satisfies ExportedHandler<Env>
