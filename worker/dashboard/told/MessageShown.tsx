import type { EntryRow } from '#shared/api/register'
import type { EntryMessages, Message } from '#shared/api/message'
import { checkWording } from '#shared/wording'

import { CopyButton } from '../parts/CopyButton'
import { Hints } from './Hints'
import { KIND_WORDS, type Messages } from './messages'

interface MessageShownProps {
  message: Message
  messages: Messages
  shown: EntryMessages
  entry: EntryRow
  mayChange: boolean
}

/** The newest version of one kind, how it reads, and whether it is public. */
export function MessageShown({ message, messages, shown, entry, mayChange }: MessageShownProps) {
  const { id, kind, version, words, youSaid } = message
  const { published } = shown
  const isPublic = published?.messageId === id
  const canPublish =
    kind !== 'thanks' && (entry.state === 'closed' || entry.state === 'reopened') && !isPublic
  return (
    <>
      <div class="sechead">
        <h3>{KIND_WORDS[kind]}</h3>
        <span class="meta">
          Version {version}
          {isPublic && ', on the public page'}
          {published !== null && published.kind === kind && !isPublic && (
            <>, version {published.version} is on the public page</>
          )}
        </span>
      </div>
      <div class="msg">
        <div>
          <blockquote>
            {youSaid !== '' && (
              <p>
                <b>You said: {youSaid}</b>
              </p>
            )}
            <p class="told">{words}</p>
          </blockquote>
          <div class="wrap">
            <CopyButton text={words} words="Copy" />
            {mayChange && (
              <button class="btn small" type="button" onClick={() => messages.write(kind)}>
                Change
              </button>
            )}
            {mayChange && canPublish && (
              <button
                class="btn small"
                type="button"
                disabled={messages.isWorking.value || shown.slug === null}
                aria-describedby={shown.slug === null ? `no-page-${kind}` : undefined}
                onClick={() => void messages.publish(id)}
              >
                Publish
              </button>
            )}
            {mayChange && published?.kind === kind && (
              <button
                class="btn small"
                type="button"
                disabled={messages.isWorking.value}
                onClick={() => void messages.withdraw()}
              >
                Take off the public page
              </button>
            )}
          </div>
          {mayChange && canPublish && shown.slug === null && (
            <p class="hint" id={`no-page-${kind}`}>
              There is no public page yet. <a href="/manage">Set up</a> gives it a name.
            </p>
          )}
        </div>
        <Hints hints={checkWording(message)} />
      </div>
    </>
  )
}
