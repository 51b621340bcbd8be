import type { Secret } from './secrets'

interface Needle {
  bytes: Buffer
  secret: Secret
  /** Short runs of digits stand in every number: only one on its own is a find. */
  isBounded: boolean
}

const HEAD_BYTES = 4

/** Looks for many texts at once, each in all the forms that bytes may hold it in. */
export class Needles {
  private readonly byHead = new Map<number, Needle[]>()

  constructor(secrets: readonly Secret[]) {
    for (const secret of secrets) {
      for (const bytes of formsOf(secret.text)) this.add({ bytes, secret, isBounded: false })
      for (const bytes of withoutSeparators(secret.text))
        this.add({ bytes, secret, isBounded: true })
    }
  }

  private add(needle: Needle): void {
    if (needle.bytes.length < HEAD_BYTES) throw new Error(`${needle.secret.text} is too short`)
    const head = needle.bytes.readUInt32LE(0)
    const others = this.byHead.get(head)
    if (others) others.push(needle)
    else this.byHead.set(head, [needle])
  }

  /** What of them is in some bytes, each once, as `email in title: jo@…`. */
  in(bytes: Buffer): string[] {
    const found = new Set<string>()
    for (let at = 0; at + HEAD_BYTES <= bytes.length; at += 1) {
      for (const needle of this.byHead.get(bytes.readUInt32LE(at)) ?? []) {
        if (isAt(bytes, at, needle)) found.add(`${needle.secret.kind}: ${needle.secret.text}`)
      }
    }
    return [...found]
  }
}

function isAt(bytes: Buffer, at: number, { bytes: sought, isBounded }: Needle): boolean {
  const end = at + sought.length
  if (end > bytes.length || bytes.compare(sought, 0, sought.length, at, end) !== 0) return false
  return !isBounded || (!isWordByte(bytes[at - 1]) && !isWordByte(bytes[end]))
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9a-z]/i.test(String.fromCharCode(byte))
}

/** Plain, folded, encoded for addresses, JSON and base64, in UTF-8 and UTF-16. */
function formsOf(text: string): Buffer[] {
  const spaceless = text.replace(/\s/g, '')
  const plain = [text, text.toLowerCase(), spaceless]
  const escaped = [
    ...plain.flatMap(percentForms),
    JSON.stringify(text).slice(1, -1),
    text.replace(/[^\p{L}\p{N}]/gu, (each) => String.raw`\u` + hexOf(each)),
    text.replaceAll('/', String.raw`\/`),
  ]
  const wide = plain.flatMap((each) => {
    const little = Buffer.from(each, 'utf16le')
    return [little, Buffer.from(little).swap16()]
  })
  const encoded = [...plain.map((each) => Buffer.from(each)), ...wide].flatMap(base64Forms)
  const all = [...plain, ...escaped, ...encoded].map((each) => Buffer.from(each))
  return [...new Map([...all, ...wide].map((each) => [each.toString('latin1'), each])).values()]
}

function percentForms(text: string): string[] {
  const encoded = encodeURIComponent(text)
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase())
  return [
    encoded,
    lower,
    encodeURI(text),
    encoded.replaceAll('%20', '+'),
    encodeURIComponent(encoded),
  ]
}

/** As base64 has it wherever in a longer run of bytes it begins: the characters that are its alone. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), bytes])
    const [first, last] = [Math.ceil((offset * 8) / 6), Math.floor((all.length * 8) / 6)]
    return (['base64', 'base64url'] as const).map((name) => all.toString(name).slice(first, last))
  })
}

function withoutSeparators(text: string): Buffer[] {
  const packed = text.replace(/[^\p{L}\p{N}]/gu, '')
  return [packed, packed.toLowerCase()].flatMap((each) => [
    Buffer.from(each),
    Buffer.from(each, 'utf16le'),
  ])
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}
