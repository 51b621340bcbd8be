import * as v from 'valibot'

import { Anchor } from '#shared/anchor'
import { textUpTo } from '#shared/text'

/** `https://host[:port]`, lower case, without userinfo or path. */
export const Origin = v.pipe(
  textUpTo(300),
  v.regex(
    /^https?:\/\/(?:\[[0-9a-f:.]+\]|[^A-Z\s/?#@:|\\[\]<>^%"]+)(?::\d{1,5})?$/,
    'not an http(s) origin',
  ),
)

/** A path whose ids, dates, addresses and secrets are placeholders: `/requests/:id`. */
export const Route = v.pipe(textUpTo(1_000), v.regex(/^\/[^?#]*$/, 'not a route template'))

/** A key of a phone: one of 0–9, * and #. */
export const PhoneKey = v.pipe(v.string(), v.regex(/^[0-9*#]$/, 'not a phone key'))

/** What a voice menu was told: a phone's key, or words said to it, in quotes: `“billing”`. */
const MenuChoice = v.pipe(
  textUpTo(80),
  v.check(
    (choice) => /^(?:[0-9*#]|“[^“”]+”)$/.test(choice),
    'neither a phone key nor words in quotes',
  ),
)

export const PagePlace = v.looseObject({
  kind: v.literal('page'),
  origin: Origin,
  route: Route,
  title: v.nullable(textUpTo(300)),
  anchor: v.nullable(Anchor),
})
export type PagePlace = v.InferOutput<typeof PagePlace>

/** Where in a voice menu: the number called and what it was told so far. */
export const CallPlace = v.looseObject({
  kind: v.literal('call'),
  number: textUpTo(60),
  keys: v.pipe(v.array(MenuChoice), v.maxLength(40)),
})
export type CallPlace = v.InferOutput<typeof CallPlace>

/** An answer that came by e-mail or chat; never its body. */
const ReplyPlace = v.looseObject({
  kind: v.literal('reply'),
  channel: v.picklist(['email', 'chat']),
  system: textUpTo(120),
  subject: textUpTo(300),
})

const DeskPlace = v.looseObject({
  kind: v.literal('desk'),
  reason: v.nullable(textUpTo(300)),
})

/** A page that nobody may look into: a browser's own, an error page, a site that was not allowed. */
const UnseenPlace = v.looseObject({ kind: v.literal('unseen') })

/** Where a note happened. */
export const Place = v.variant('kind', [PagePlace, CallPlace, ReplyPlace, DeskPlace, UnseenPlace])
export type Place = v.InferOutput<typeof Place>

export const Channel = v.picklist(['portal', 'phone', 'desk', 'chat', 'email'])
export type Channel = v.InferOutput<typeof Channel>

export function channelOf(place: Place): Channel {
  switch (place.kind) {
    case 'page':
    case 'unseen':
      return 'portal'
    case 'call':
      return 'phone'
    case 'reply':
      return place.channel
    case 'desk':
      return 'desk'
  }
}
