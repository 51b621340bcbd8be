import { expect, test } from 'vitest'

import { Needles } from './needles'

const PHONE = '+49 351 458 1234'
const needles = new Needles([{ kind: 'phone', text: PHONE }])
const FOUND = [`phone: ${PHONE}`]
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

test.each<[string, string | Buffer]>([
  ['plain', `{"words":"${PHONE}"}`],
  ['without spaces', '+493514581234'],
  ['without separators', 'tel:493514581234;'],
  ['percent-encoded', `?q=${encodeURIComponent(PHONE)}&`],
  ['percent-encoded in lower case', '%2b49%20351%20458%201234'],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(PHONE))],
  ['as a form has it', '%2B49+351+458+1234'],
  ['escaped in JSON', String.raw`\u002b49\u0020351\u0020458\u00201234`],
  ['UTF-16', utf16(`note ${PHONE} taken`)],
  ['UTF-16, the other way round', utf16(PHONE).swap16()],
  ['UTF-16 without separators', utf16('call 493514581234 now')],
  ['base64', Buffer.from(`a ${PHONE} b`).toString('base64')],
  ['base64 one byte later', Buffer.from(`ab ${PHONE} b`).toString('base64')],
  ['base64 two bytes later', Buffer.from(`abc ${PHONE} b`).toString('base64')],
  ['base64 for addresses', Buffer.from(`a?>${PHONE}`).toString('base64url')],
  ['base64 of UTF-16', utf16(PHONE).toString('base64')],
])('a text is found %s', (_form, bytes) => {
  expect(needles.in(Buffer.concat([Buffer.alloc(70, 1), Buffer.from(bytes)]))).toEqual(FOUND)
})

test.each(['+49 351 458 1235', '1493514581234', '4935145812341', ':phone'])(
  '%s is not taken for it',
  (other) => {
    expect(needles.in(Buffer.from(other))).toEqual([])
  },
)
