import { type FindPrivate, findNone } from '#shared/private-words'
import { toRoute } from '#shared/route'
import { toPlaceholders } from '#shared/sensitive'
import { cutToBytes, toStorableText, utf8Length } from '#shared/text'

/** What is kept of an address. */
export interface Address {
  origin: string
  route: string
}

const TITLE_MAX_BYTES = 300
const ORIGIN_MAX_BYTES = 300
const SCHEME = /^(https?):[\\/]{2,}/i
const HOST = /^(?:\[[0-9a-f:.]{2,45}\]|[\p{L}\p{M}\p{N}_.-]{1,253})$/u
const PORT = /^\d{1,5}$/
const DEFAULT_PORTS: Record<string, string> = { http: '80', https: '443' }
// What browsers drop inside an address.
const LINE_ENDS = /[\t\n\r]/g
const ADDRESS_IN_TEXT = /https?:\/\/[^\s"'<>]+/gi
const QUERY_IN_TEXT = /[?&#;][\p{L}\p{N}_.-]{1,40}=[^\s"'<>]*/gu

/**
 * What of an address may be kept: its origin, and its path as a template. User and password,
 * query and fragment are gone; ids, dates, e-mail addresses and secrets are placeholders.
 * The host is kept as it is: without it no permission can be asked for.
 *
 * @param href as a browser gives it; anything else is answered, never thrown at
 * @param findOwn what an organisation listed beside patterns
 * @returns undefined unless the scheme is http or https and the host can be a host
 */
export function toAddress(href: string, findOwn: FindPrivate = findNone): Address | undefined {
  const clean = toStorableText(href).replace(LINE_ENDS, '').trim()
  const scheme = SCHEME.exec(clean)
  const protocol = scheme?.[1]?.toLowerCase()
  if (!scheme || !protocol) return undefined
  const rest = clean.slice(scheme[0].length)
  const end = rest.search(/[/\\?#]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const host = toHost(authority.slice(authority.lastIndexOf('@') + 1), protocol)
  if (host === undefined) return undefined
  const origin = `${protocol}://${host}`
  if (utf8Length(origin) > ORIGIN_MAX_BYTES) return undefined
  return { origin, route: toRoute(end < 0 ? '' : rest.slice(end), findOwn) }
}

function toHost(text: string, protocol: string): string | undefined {
  const colon = text.lastIndexOf(':')
  const hasPort = colon > text.lastIndexOf(']')
  const host = (hasPort ? text.slice(0, colon) : text).toLowerCase()
  const port = hasPort ? text.slice(colon + 1) : ''
  if (!HOST.test(host)) return undefined
  if (port === '' || port === DEFAULT_PORTS[protocol]) return host
  if (!PORT.test(port) || Number(port) > 65_535) return undefined
  return `${host}:${Number(port)}`
}

/**
 * A page's title as it may be kept: one line, at most 300 bytes, with ids, e-mail addresses,
 * telephone numbers, dates and secrets as placeholders, and addresses as `toAddress` keeps them.
 */
export function toTitle(title: string): string {
  const readable = toStorableText(title)
    .replace(ADDRESS_IN_TEXT, (href) => {
      const address = toAddress(href)
      return address ? address.origin + address.route : ':url'
    })
    .replace(QUERY_IN_TEXT, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return cutToBytes(toPlaceholders(readable), TITLE_MAX_BYTES)
}

/** An origin as people say it: without its scheme. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}
