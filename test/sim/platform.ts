import { createHash } from 'node:crypto'

import { patient } from '../../worker/database/patience'

/**
 * What production code takes from the platform by name, made fit for a simulation on Node. Import
 * it before anything of the extension.
 */

// Each write is announced there; a simulated device has no other contexts, and Node would send it.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')

// A write that is tried again waits, and real time is nothing that a seed decides (D-4).
patient.wait = async () => {}

// The same hashes, at once: a pool of threads would answer in an order that no seed decides.
crypto.subtle.digest = async (_algorithm, data) => {
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
  return new Uint8Array(createHash('sha256').update(bytes).digest()).buffer
}
