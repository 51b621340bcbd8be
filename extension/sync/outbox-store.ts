import type { NearbyResponse } from '#shared/nearby'
import type { Op } from '#shared/op'
import type { PullResponse } from '#shared/sync'

export interface OpToSend {
  opId: string
  op: Op
}

export interface Settlement {
  opId: string
  state: 'acked' | 'rejected'
  code: string | null
  seq: number | null
}

interface Settled {
  /** On this device's clock, which may be years off, and on the server's. Unix ms. */
  at: number
  serverTime: number
  /** The life of the database that it was settled in. */
  epoch: number
}

export interface PendingPicture {
  sha256: string
  type: string
  bytes(): Promise<Uint8Array<ArrayBuffer>>
}

interface Backoff {
  failures: number
  /** Unix ms. */
  retryAt: number
}

/** The pairing that a run of the engine began with. */
export interface RunPairing {
  server: string
  token: string
  workspaceId: string
  personId: string
  disconnectedAt: number | null
}

/** What of others' entries is on this device. */
export interface NearbyStore {
  /** Where the next page begins, and the workspace's newest change that is here; null asks for everything. */
  getNearby(): Promise<{ cursor: string; latest: number | null } | null>
  /**
   * Rows and cursor together. An answer from before a restore says nothing, nor does a page that
   * goes on from where this device is no more.
   *
   * @param latest null while more pages follow
   */
  applyNearby(
    pairing: RunPairing,
    pulled: Pick<NearbyResponse, 'rows' | 'cursor' | 'epoch'> & { asked: string | null },
    latest: number | null,
  ): Promise<void>
  forgetNearby(pairing: RunPairing): Promise<void>
}

/**
 * What the engine asks of a device's disk. Each method is one transaction: it happened or it did
 * not. Those that take a pairing do nothing once this device is paired otherwise: an answer of
 * the old server says nothing about the new one (S-11).
 */
export interface OutboxStore extends NearbyStore {
  findPairing(): Promise<RunPairing | null>
  setDisconnected(pairing: RunPairing, at: number): Promise<void>
  getDeviceId(): Promise<string>
  /**
   * A cloned profile: ops go on under a new name and keep their ids (S-10). They keep their numbers
   * too, or a replay would put what was sent under the old name behind what came after it.
   */
  takeNewDeviceId(deviceId: string): Promise<void>
  /** Each receiver's database has lives of its own. */
  getEpoch(pairing: RunPairing): Promise<number>
  isUpdateNeeded(): Promise<boolean>
  setUpdateNeeded(needed: boolean): Promise<void>
  getBackoff(): Promise<Backoff>
  setBackoff(backoff: Backoff): Promise<void>
  /**
   * Ops that wait for this pairing's receiver, in `mid` order, without those put aside and whatever
   * is about the same note or walk: a recall that overtook its note would find nothing to take back.
   */
  listWaiting(pairing: RunPairing, limit: number, aside: ReadonlySet<string>): Promise<OpToSend[]>
  /** Says of these ops that from now on somebody may have them; returns those that still wait. */
  markTried(opIds: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * A note whose recall is acknowledged loses everything here, in the same transaction. An answer
   * from before a restore says nothing.
   */
  settle(pairing: RunPairing, settlements: readonly Settlement[], settled: Settled): Promise<void>
  /** Forgets what was acknowledged too long ago to be replayed. */
  forgetSettled(serverTime: number): Promise<void>
  /** This browser was signed out from afar: what was sent goes, what was not stays. */
  wipeSent(pairing: RunPairing): Promise<void>
  /** Pictures whose note this pairing's receiver has and whose bytes it may not have. */
  listPendingPictures(pairing: RunPairing): Promise<PendingPicture[]>
  /** What became of it there; an answer from before a restore says nothing. */
  setPictureState(
    pairing: RunPairing,
    sha256: string,
    state: 'stored' | 'refused',
    epoch: number,
  ): Promise<void>
  getCursor(): Promise<string | null>
  forgetMirror(): Promise<void>
  /**
   * Rows and cursor together, or a crash between them would skip rows for ever (S-6), and no word
   * of a note that a tombstone names. A page that was asked for from where this device is no more
   * says nothing: what it left out went meanwhile.
   */
  applyPull(
    pairing: RunPairing,
    pulled: {
      rows: readonly { type: string; id: string; seq: number }[]
      /** The cursor that it was asked with. */
      asked: string | null
      cursor: string
      workspace: PullResponse['workspace']
      at: number
      /** Nothing newer waits at the server; entries that hold no note of this person go. */
      isLast: boolean
    },
  ): Promise<void>
  /** Puts what was acknowledged and is kept back in front, forgets cursor and mirror (S-9). */
  replay(pairing: RunPairing, epoch: number): Promise<void>
}
