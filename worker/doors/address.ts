import type { Context } from 'hono'

/**
 * Whom a budget is counted by: an IPv4 address, or the /64 that one IPv6 subscriber gets.
 * IPv4 written as IPv6 counts as IPv4, or the whole old internet would share one /64.
 */
export function addressOf(c: Context): string {
  return networkOf(c.req.header('cf-connecting-ip') ?? 'local')
}

/** @see addressOf */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const groups = groupsOf(address)
  const isOldInternet = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isOldInternet) {
    const [high = 0, low = 0] = groups.slice(6)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  const wide = groups.slice(0, 4).map((group) => group.toString(16))
  return `${wide.join(':')}::/64`
}

/** The eight groups of an IPv6 address (RFC 4291 §2.2); what is no number counts as 0. */
function groupsOf(address: string): number[] {
  const plain = (address.split('%', 1)[0] ?? '').replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, ...bytes: string[]) => {
      const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number)
      return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
    },
  )
  const [front = [], back = []] = plain
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')))
  const zeros = Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array<string>(zeros).fill('0'), ...back].map(
    (group) => Number.parseInt(group, 16) || 0,
  )
}
