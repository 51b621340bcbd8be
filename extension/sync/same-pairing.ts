import { type Pairing, type Receiver, receiverKey } from '../storage/database'
import { type MetaStore, getMetaIn } from '../storage/meta'

/** The pairing as it is now, if it is still the one that a run began with and not signed out since. */
export async function findSamePairing(
  meta: Pick<MetaStore, 'get'>,
  { token }: Pick<Pairing, 'token'>,
): Promise<Pairing | undefined> {
  const current = await getMetaIn(meta, 'pairing')
  return current?.token === token && current.disconnectedAt === null ? current : undefined
}

/** The life that this receiver's database was in, as far as this device knows. */
export async function epochIn(meta: Pick<MetaStore, 'get'>, receiver: Receiver): Promise<number> {
  return (await getMetaIn(meta, 'epochs'))[receiverKey(receiver)] ?? 1
}
