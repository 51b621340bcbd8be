/** An R2 binding in memory, as far as Wince uses one; a contract suite holds it to the real one. */
export interface R2Twin {
  r2: R2Bucket
  /** Key to bytes, as a look into the bucket would show. */
  contents(): ReadonlyMap<string, Uint8Array>
}

interface Stored {
  bytes: Uint8Array<ArrayBuffer>
  sha256: string | undefined
  contentType: string | undefined
}

interface PutOptions {
  sha256?: string
  onlyIf?: { etagDoesNotMatch?: string }
  httpMetadata?: { contentType?: string }
}

export function openR2Twin(): R2Twin {
  const objects = new Map<string, Stored>()

  async function put(key: string, value: string | ArrayBuffer | Uint8Array, options: PutOptions) {
    const bytes = toBytes(value)
    if (options.sha256 !== undefined && options.sha256 !== (await hexSha256(bytes)))
      throw new Error(
        'put: The SHA-256 checksum you specified did not match what we received. (10037)',
      )
    if (options.onlyIf?.etagDoesNotMatch === '*' && objects.has(key)) return null
    const stored = { bytes, sha256: options.sha256, contentType: options.httpMetadata?.contentType }
    objects.set(key, stored)
    return headOf(key, stored)
  }

  const r2 = {
    put: (key: string, value: string, options: PutOptions = {}) => put(key, value, options),
    head: async (key: string) => {
      const stored = objects.get(key)
      return stored ? headOf(key, stored) : null
    },
    get: async (key: string) => {
      const stored = objects.get(key)
      return stored ? bodyOf(key, stored) : null
    },
    delete: async (keys: string | string[]) => {
      for (const key of [keys].flat()) objects.delete(key)
    },
    list: async ({ prefix = '', limit = 1_000, cursor = '', startAfter = '' } = {}) => {
      const after = cursor === '' ? startAfter : cursor
      const found = [...objects.keys()]
        .filter((key) => key.startsWith(prefix) && (after === '' || key > after))
        .toSorted(byBytes)
      const page = found.slice(0, limit)
      const truncated = found.length > limit
      return {
        objects: page.flatMap((key) => {
          const stored = objects.get(key)
          return stored ? [headOf(key, stored)] : []
        }),
        truncated,
        ...(truncated && { cursor: page.at(-1) }),
        delimitedPrefixes: [],
      }
    },
  }
  return {
    r2: r2 as unknown as R2Bucket,
    contents: () => new Map([...objects].map(([key, { bytes }]) => [key, bytes])),
  }
}

function headOf(key: string, { bytes, contentType }: Stored) {
  return {
    key,
    size: bytes.byteLength,
    httpMetadata: contentType === undefined ? {} : { contentType },
  }
}

function bodyOf(key: string, stored: Stored) {
  return {
    ...headOf(key, stored),
    get body() {
      return new Blob([stored.bytes]).stream()
    },
    arrayBuffer: async () => stored.bytes.slice().buffer,
    text: async () => new TextDecoder().decode(stored.bytes),
  }
}

function toBytes(value: string | ArrayBuffer | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof value === 'string') return Uint8Array.from(new TextEncoder().encode(value))
  return value instanceof Uint8Array ? Uint8Array.from(value) : new Uint8Array(value.slice(0))
}

async function hexSha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function byBytes(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
