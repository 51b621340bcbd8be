import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { EntryRow } from '#shared/api/register'
import { MESSAGE_KINDS } from '#shared/wording'

import { Loading } from '../parts/Loading'
import { newId } from '../parts/new-id'
import { Notice } from '../parts/Notice'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { toDayAndTime } from '../words'
import { KIND_WORDS, type Messages, MessagesModel } from './messages'
import { MessageShown } from './MessageShown'
import { WriteMessage } from './WriteMessage'

interface MessagesSectionProps {
  api: ApiClient
  entry: EntryRow
  mayChange: boolean
  now: number
  onDone: () => void
}

/** On the page of an entry: thanks, what changed, or why it stays, in words for customers. */
export function MessagesSection({ api, entry, mayChange, now, onDone }: MessagesSectionProps) {
  const { number } = entry
  const messages = useModel(() => new MessagesModel({ api, entry: number, newId, onDone }))
  useEffect(() => void messages.reload(), [messages])
  const state = messages.state.value
  const draft = messages.draft.value
  const said = messages.said.value
  return (
    <section class="telling" aria-labelledby="h-tell">
      <div class="sechead">
        <h2 id="h-tell">What we will tell people</h2>
        <span class="meta">Thank first, then say what changed</span>
      </div>
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={messages.reload} />
      )}
      {state.status === 'ready' && (
        <>
          {[...messages.newest.value.values()]
            .filter(({ kind }) => kind !== draft?.kind)
            .map((message) => (
              <MessageShown
                key={message.id}
                message={message}
                messages={messages}
                shown={state.value}
                entry={entry}
                mayChange={mayChange}
              />
            ))}
          {messages.newest.value.size === 0 && draft === null && (
            <p class="soft">Nothing is written yet.</p>
          )}
          {draft !== null && (
            <>
              <h3>{KIND_WORDS[draft.kind]}</h3>
              <WriteMessage messages={messages} draft={draft} />
            </>
          )}
          {mayChange && draft === null && <Begin messages={messages} />}
          <Older messages={messages} hasMore={state.value.next !== null} now={now} />
        </>
      )}
      {draft === null && said.what === 'failed' && (
        <Notice icon="warn" tone="late" live>
          <p>{said.sentence}</p>
        </Notice>
      )}
      {said.what === 'done' && <Toast sentence={said.sentence} onGone={messages.dismiss} />}
    </section>
  )
}

/** A button for each kind that nobody has written. */
function Begin({ messages }: { messages: Messages }) {
  const missing = MESSAGE_KINDS.filter((kind) => !messages.newest.value.has(kind))
  return missing.length === 0 ? null : (
    <div class="wrap">
      {missing.map((kind) => (
        <button key={kind} class="btn small" type="button" onClick={() => messages.write(kind)}>
          Write: {KIND_WORDS[kind]}
        </button>
      ))}
    </div>
  )
}

function Older({ messages, hasMore, now }: { messages: Messages; hasMore: boolean; now: number }) {
  const older = messages.older.value
  if (older.length === 0) return null
  return (
    <details>
      <summary>Earlier versions</summary>
      <ol class="log">
        {older.map(({ id, kind, version, words, by, at }) => (
          <li key={id}>
            <time class="meta" dateTime={new Date(at).toISOString()}>
              {toDayAndTime(at, now)}
            </time>
            <span>
              {KIND_WORDS[kind]}, version {version}, <b>{by}</b>
              <span class="told meta">{words}</span>
            </span>
          </li>
        ))}
      </ol>
      {hasMore && (
        <button class="btn small" type="button" onClick={() => void messages.showMore()}>
          Show more versions
        </button>
      )}
    </details>
  )
}
