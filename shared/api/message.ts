import * as v from 'valibot'

import { type Call, Nothing, toSearch } from '#shared/api/call'
import { Id } from '#shared/id'
import { EntryState } from '#shared/sync'
import { Ms, textUpTo } from '#shared/text'
import { MESSAGE_KINDS } from '#shared/wording'

/** What customers are told about an entry, over `/app`, and what of it is public. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const MessageKind = v.picklist(MESSAGE_KINDS)
/** As long as the wording check reads. Bytes. */
export const MESSAGE_MAX_BYTES = 4_000
/** Versions of one kind that a page shows; older ones are on the next. */
export const VERSIONS_A_PAGE = 20
export const TOLD_A_PAGE = 30

const texts = {
  youSaid: v.pipe(textUpTo(1_000), v.trim()),
  words: v.pipe(textUpTo(MESSAGE_MAX_BYTES), v.trim(), v.minLength(1, 'empty')),
  sorryFor: v.pipe(textUpTo(1_000), v.trim()),
}

export const Message = v.object({
  id: Id,
  kind: MessageKind,
  version: count,
  youSaid: v.string(),
  words: v.string(),
  sorryFor: v.string(),
  by: v.string(),
  at: Ms,
})
export type Message = v.InferOutput<typeof Message>

const Published = v.object({ messageId: Id, kind: MessageKind, version: count, at: Ms })

/** `GET /app/entries/:number/messages`: the newest of each kind first, then older versions. */
const EntryMessages = v.object({
  messages: v.array(Message),
  next: v.nullable(v.string()),
  /** What of it stands on the public page. */
  published: v.nullable(Published),
  /** The name of the public page; null where there is none. */
  slug: v.nullable(v.string()),
})
export type EntryMessages = v.InferOutput<typeof EntryMessages>

/** `POST /app/entries/:number/messages`: the next version of one kind. */
export const NewMessage = v.strictObject({
  id: Id,
  kind: MessageKind,
  /** The version that was on screen, 0 for none; another one answers 409 with the newest. */
  after: count,
  ...texts,
})
export type NewMessage = v.InferOutput<typeof NewMessage>

/** `POST /app/entries/:number/publication`. */
export const Publish = v.strictObject({ messageId: Id })

/** `GET /app/messages`: what was told, the newest first. */
const ToldPage = v.object({
  told: v.array(
    v.object({
      ...Message.entries,
      entry: v.object({ number: count, title: v.string(), state: EntryState }),
      isPublished: v.boolean(),
    }),
  ),
  next: v.nullable(v.string()),
  slug: v.nullable(v.string()),
  /** Of what was closed this year, the share that cannot be fixed; a fraction of 1, never a count. */
  cannotFix: v.nullable(v.number()),
})
export type ToldPage = v.InferOutput<typeof ToldPage>

/** Above this share of what was closed, “cannot fix” is no longer the exception. */
export const CANNOT_FIX_HIGH = 0.1

/** @throws ApiError 404 for an entry or message that this workspace does not have */
export function messageApi(call: Call) {
  return {
    listMessages: (entry: number, after?: string) =>
      call({
        method: 'GET',
        path: `/app/entries/${entry}/messages${toSearch({ after })}`,
        answer: EntryMessages,
      }),

    /** @throws ApiError 409 `changed` when somebody saved another version meanwhile */
    saveMessage: (entry: number, json: NewMessage) =>
      call({ method: 'POST', path: `/app/entries/${entry}/messages`, json, answer: Message }),

    /** @throws ApiError 422 with the reason for what may not stand on a public page */
    publish: (entry: number, messageId: string) =>
      call({
        method: 'POST',
        path: `/app/entries/${entry}/publication`,
        json: { messageId },
        answer: Published,
      }),

    withdrawPublication: (entry: number) =>
      call({ method: 'DELETE', path: `/app/entries/${entry}/publication`, answer: Nothing }),

    listTold: (after?: string) =>
      call({ method: 'GET', path: `/app/messages${toSearch({ after })}`, answer: ToldPage }),
  }
}
