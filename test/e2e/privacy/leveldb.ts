const BLOCK_BYTES = 32_768
const HEADER_BYTES = 7
const FOOTER_BYTES = 48
const MAGIC = 0xdb4775248b80fb57n
const SNAPPY = 1

/**
 * What a file of Chromium's LevelDB holds, put together again: a log is cut into blocks, and a
 * table packs them. Others are what they are.
 *
 * @see https://github.com/google/leveldb/blob/main/doc/log_format.md and table_format.md
 */
export function unpackLevelDb(name: string, bytes: Buffer): Buffer {
  if (/\.log$|^MANIFEST-/.test(name)) return unpackLog(bytes)
  if (/\.(?:ldb|sst)$/.test(name)) return unpackTable(bytes)
  return bytes
}

function unpackLog(bytes: Buffer): Buffer {
  const records: Buffer[] = []
  for (let block = 0; block < bytes.length; block += BLOCK_BYTES) {
    const end = Math.min(block + BLOCK_BYTES, bytes.length)
    let at = block
    while (at + HEADER_BYTES <= end) {
      const length = bytes.readUInt16LE(at + 4)
      // Zeros to the end of a block, or a record that was not written to its end.
      if (length === 0 && bytes[at + 6] === 0) break
      records.push(bytes.subarray(at + HEADER_BYTES, Math.min(at + HEADER_BYTES + length, end)))
      at += HEADER_BYTES + length
    }
  }
  return Buffer.concat(records)
}

function unpackTable(bytes: Buffer): Buffer {
  const footer = bytes.length - FOOTER_BYTES
  if (footer < 0 || bytes.readBigUInt64LE(bytes.length - 8) !== MAGIC)
    throw new Error('no table of LevelDB')
  const reader = new Reader(bytes, footer)
  reader.handle()
  const index = unpackBlock(bytes, reader.handle())
  const entries = new Reader(index, 0)
  const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4)
  const blocks: Buffer[] = []
  while (entries.at < end) {
    entries.varint()
    const keyLength = entries.varint()
    entries.varint()
    entries.at += keyLength
    blocks.push(unpackBlock(bytes, entries.handle()))
  }
  return Buffer.concat(blocks)
}

interface Handle {
  offset: number
  size: number
}

function unpackBlock(bytes: Buffer, { offset, size }: Handle): Buffer {
  const block = bytes.subarray(offset, offset + size)
  return bytes[offset + size] === SNAPPY ? unsnappy(block) : block
}

/** @see https://github.com/google/snappy/blob/main/format_description.txt */
function unsnappy(packed: Buffer): Buffer {
  const reader = new Reader(packed, 0)
  const plain = Buffer.alloc(reader.varint())
  let written = 0
  while (reader.at < packed.length) {
    const tag = reader.bytes(1)
    const upper = tag >> 2
    if ((tag & 3) === 0) {
      const length = 1 + (upper < 60 ? upper : reader.bytes(upper - 59))
      packed.copy(plain, written, reader.at, reader.at + length)
      reader.at += length
      written += length
      continue
    }
    const isNear = (tag & 3) === 1
    const length = isNear ? 4 + (upper & 7) : 1 + upper
    const back = isNear
      ? ((upper >> 3) << 8) | reader.bytes(1)
      : reader.bytes((tag & 3) === 2 ? 2 : 4)
    // A copy may reach into what it writes.
    for (let each = 0; each < length; each += 1, written += 1)
      plain[written] = plain[written - back] ?? 0
  }
  return plain
}

class Reader {
  at: number
  private readonly source: Buffer

  constructor(source: Buffer, at: number) {
    this.source = source
    this.at = at
  }

  bytes(count: number): number {
    this.at += count
    return this.source.readUIntLE(this.at - count, count)
  }

  varint(): number {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = this.bytes(1)
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }

  handle(): Handle {
    return { offset: this.varint(), size: this.varint() }
  }
}
