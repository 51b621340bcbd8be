import { listOf, patchStore, withoutTombstones, wrapMeta, wrapSql } from './mutant-tools'
import type { Mutant } from './mutant'

/** Bugs that such protocols have had. Each of them has to be found. */
export const MUTANTS: Record<string, Mutant> = {
  'drops an op before it is acknowledged': {
    store: (store, database) =>
      patchStore(store, {
        async listWaiting(...given) {
          const ops = await store.listWaiting(...given)
          for (const { opId } of ops) await database.delete('outbox', opId)
          return ops
        },
      }),
  },
  'acknowledges by count': {
    store(store) {
      let listed: readonly { opId: string }[] = []
      return patchStore(store, {
        async listWaiting(...given) {
          const ops = await store.listWaiting(...given)
          listed = ops
          return ops
        },
        settle: (pairing, settlements, settled) =>
          store.settle(
            pairing,
            settlements.map((each, index) => ({ ...each, opId: listed[index]?.opId ?? each.opId })),
            settled,
          ),
      })
    },
  },
  'acknowledges all when some were taken': {
    api: (api) => ({
      ...api,
      async push(request) {
        const answer = await api.push(request)
        const results = listOf(answer.body, 'results')
        if (results.length === 0) return answer
        const taken = request.ops.map((op) => ({
          opId: (op as { opId: string }).opId,
          status: 'applied',
          seq: 1,
        }))
        return { ...answer, body: { ...(answer.body as object), results: taken } }
      },
    }),
  },
  'gives an op another id each time it is sent': {
    api(api) {
      let sent = 0
      const again = (opId: string) => {
        sent += 1
        return `${opId.slice(0, 24)}${sent.toString(16).padStart(4, '0')}${opId.slice(28)}`
      }
      return {
        ...api,
        async push(request) {
          const original = new Map<unknown, string>()
          const ops = request.ops.map((op) => {
            const { opId, mid } = op as { opId: string; mid: number }
            const changed = again(opId)
            original.set(changed, opId)
            return { ...(op as object), opId: changed, mid: mid + sent * 1_000 }
          })
          const answer = await api.push({ ...request, ops })
          const results = listOf(answer.body, 'results').map((result) => ({
            ...result,
            opId: original.get(result['opId']),
          }))
          return { ...answer, body: { ...(answer.body as object), results } }
        },
      }
    },
  },
  'sends the newest first': {
    store: (store) =>
      patchStore(store, {
        listWaiting: async (...given) => (await store.listWaiting(...given)).toReversed(),
      }),
  },
  'reads on by time': {
    d1: (d1) =>
      wrapSql(d1, (sql) =>
        sql
          .replaceAll('note.seq', 'note.received_at')
          .replaceAll('entry.seq', 'entry.changed_at')
          .replace('select "name", "seq"', 'select "name", 9007199254740991 as "seq"'),
      ),
  },
  'moves its cursor before the page is kept': {
    store: (store) =>
      patchStore(store, {
        async applyPull(pairing, pulled) {
          await store.applyPull(pairing, { ...pulled, rows: [] })
          await store.applyPull(pairing, { ...pulled, asked: pulled.cursor })
        },
      }),
  },
  'counts ops in memory': { database: (database, memory) => wrapMeta(database, memory, 'nextMid') },
  'keeps nothing for a replay': {
    store: (store, database) =>
      patchStore(store, {
        async settle(pairing, settlements, settled) {
          await store.settle(pairing, settlements, settled)
          for (const { opId, state } of settlements) {
            const queued = await database.get('outbox', opId)
            const hasPicture = JSON.stringify(queued?.op.payload).includes('sha256')
            if (state === 'acked' && !hasPicture) await database.delete('outbox', opId)
          }
        },
      }),
  },
  'counts the days of a replay by its own clock': {
    store: (store, _database, now) =>
      patchStore(store, { forgetSettled: () => store.forgetSettled(now()) }),
  },
  'never looks at the epoch': {
    d1: (d1) => wrapSql(d1, (sql) => sql.replace('"seq", "epoch"', '"seq", 1 as "epoch"')),
  },
  'writes a batch one statement at a time': {
    d1: (d1) =>
      ({
        prepare: (sql: string) => d1.prepare(sql),
        async batch<Row>(statements: D1PreparedStatement[]) {
          const results: D1Result<Row>[] = []
          for (const statement of statements) results.push(await statement.all<Row>())
          return results
        },
      }) as unknown as D1Database,
  },
  'acts again on an op it knows': {
    d1: (d1) =>
      wrapSql(d1, (sql) =>
        sql
          .replace(/WHERE NOT EXISTS \(SELECT 1 FROM op WHERE op_id = \?\)/, 'WHERE ? IS NOT NULL')
          .replace('INSERT INTO op ', 'INSERT OR REPLACE INTO op '),
      ),
  },
  'deletes a picture before it is stored': {
    store: (store, database) =>
      patchStore(store, {
        async listPendingPictures(pairing) {
          const pictures = await store.listPendingPictures(pairing)
          return pictures.map((picture) => ({
            ...picture,
            async bytes() {
              const bytes = await picture.bytes()
              await database.delete('picture', picture.sha256)
              return bytes
            },
          }))
        },
      }),
  },
  'takes a picture that is stored for one for one that is stored for all': {
    store: (store, database) =>
      patchStore(store, {
        async setPictureState(pairing, sha256, state, epoch) {
          await store.setPictureState(pairing, sha256, state, epoch)
          const picture = await database.get('picture', sha256)
          if (picture) await database.put('picture', { ...picture, state })
        },
      }),
  },
  'lets a refused op stand in the way': {
    store: (store) =>
      patchStore(store, {
        settle: (pairing, settlements, settled) =>
          store.settle(
            pairing,
            settlements.filter(({ state }) => state === 'acked'),
            settled,
          ),
      }),
  },
  'does not ask whom an op is for': {
    store: (store, database) =>
      patchStore(store, {
        async listWaiting(_pairing, limit, aside) {
          const waiting = await database.getAllFromIndex('outbox', 'byState', 'waiting')
          return waiting
            .filter(({ opId }) => !aside.has(opId))
            .toSorted((one, other) => one.mid - other.mid)
            .slice(0, limit)
        },
      }),
  },
  'believes an answer from before a restore': {
    store: (store) =>
      patchStore(store, {
        settle: async (pairing, settlements, settled) =>
          store.settle(pairing, settlements, {
            ...settled,
            epoch: await store.getEpoch(pairing),
          }),
      }),
  },
  'forgets that an op went out': {
    store: (store) => patchStore(store, { markTried: async (opIds) => new Set(opIds) }),
  },
  'keeps the words of a note that was taken back': {
    store: (store, database) =>
      patchStore(store, {
        async settle(pairing, settlements, settled) {
          const before = await database.getAllFromIndex('outbox', 'byState', 'acked')
          await store.settle(pairing, settlements, settled)
          for (const queued of before) await database.put('outbox', queued)
        },
        async applyPull(pairing, pulled) {
          const before = await database.getAllFromIndex('outbox', 'byState', 'acked')
          await store.applyPull(pairing, pulled)
          for (const queued of before) await database.put('outbox', queued)
        },
      }),
  },
  'lets a note come back that was taken back': { d1: (d1) => wrapSql(d1, withoutTombstones) },
  'lets a timeline come back that was taken back': {
    d1: (d1) =>
      wrapSql(d1, (sql, values) => (values.includes('walk.part') ? withoutTombstones(sql) : sql)),
  },
  'leaves the picture of a note that was taken back': {
    r2: (r2) =>
      ({
        put: (key: string, bytes: ArrayBuffer, options: R2PutOptions) =>
          r2.put(key, bytes, options),
        delete: async () => {},
      }) as unknown as R2Bucket,
  },
  'counts from 1 again under a new name': {
    store: (store, database) =>
      patchStore(store, {
        async takeNewDeviceId(deviceId) {
          const waiting = await database.getAllFromIndex('outbox', 'byState', 'waiting')
          let mid = 1
          for (const queued of waiting.toSorted((one, other) => one.mid - other.mid)) {
            await database.put('outbox', { ...queued, mid, op: { ...queued.op, mid } })
            mid += 1
          }
          await database.put('meta', mid, 'nextMid')
          await store.takeNewDeviceId(deviceId)
        },
      }),
  },
}
