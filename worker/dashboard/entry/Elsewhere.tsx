import { useSignal } from '@preact/signals'

import { type EntryWork, LINK_WORDS, LINKS_MAX } from '#shared/work'

import { Icon } from '../parts/Icon'
import { Sheet } from '../parts/Sheet'
import { FormEnd } from './FormEnd'
import type { Judgement } from './judgement'

type Link = EntryWork['links'][number]

interface ElsewhereProps {
  links: readonly Link[]
  mayChange: boolean
  /** True once it is saved. */
  judge: (change: Judgement) => Promise<boolean>
}

/** Where it stands in the organisation's own tools. */
export function Elsewhere({ links, mayChange, judge }: ElsewhereProps) {
  const isAdding = useSignal(false)
  if (links.length === 0 && !mayChange) return null
  return (
    <section aria-labelledby="elsewhere">
      <h2 id="elsewhere">Elsewhere</h2>
      {links.length > 0 && (
        <ul class="checks links">
          {links.map((link, index) => (
            <li key={index}>
              <Icon name="link" />
              <a href={link.url} target="_blank" rel="noopener noreferrer">
                {LINK_WORDS[link.kind]} {link.words}
                <span class="vh"> (opens a new tab)</span>
              </a>
              {mayChange && (
                <button
                  class="btn small quiet icon"
                  type="button"
                  aria-label={`Take off ${link.words}`}
                  onClick={() => void judge({ links: links.filter((each) => each !== link) })}
                >
                  <Icon name="close" small />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && links.length < LINKS_MAX && (
        <button class="btn small" type="button" onClick={() => (isAdding.value = true)}>
          <Icon name="plus" small /> Add a link
        </button>
      )}
      {isAdding.value && (
        <AddLink
          add={async (link) => {
            if (await judge({ links: [...links, link] })) isAdding.value = false
          }}
          onClose={() => (isAdding.value = false)}
        />
      )}
    </section>
  )
}

function AddLink({ add, onClose }: { add: (link: Link) => Promise<void>; onClose: () => void }) {
  const link = useSignal<Link>({ kind: 'change', words: '', url: '' })
  const put = (change: Partial<Link>) => (link.value = { ...link.value, ...change })
  const { kind, words, url } = link.value
  const isWeb = /^https?:\/\/\S+$/i.test(url.trim())
  return (
    <Sheet title="Add a link" onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (isWeb && words.trim() !== '') void add({ kind, words, url: url.trim() })
        }}
      >
        <fieldset class="field">
          <legend>What is it there?</legend>
          <div class="seg">
            {(Object.keys(LINK_WORDS) as Link['kind'][]).map((each) => (
              <label key={each}>
                <input
                  class="vh"
                  type="radio"
                  name="link-kind"
                  checked={each === kind}
                  onChange={() => put({ kind: each })}
                />
                {LINK_WORDS[each]}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label htmlFor="link-words">Its number or name there</label>
          <input
            class="input"
            id="link-words"
            value={words}
            maxLength={60}
            autoComplete="off"
            onInput={(event) => put({ words: event.currentTarget.value })}
          />
        </div>
        <div class="field">
          <label htmlFor="link-url">Its address</label>
          <input
            class="input"
            id="link-url"
            type="url"
            inputMode="url"
            placeholder="https://"
            value={url}
            maxLength={2_000}
            autoComplete="off"
            onInput={(event) => put({ url: event.currentTarget.value })}
          />
          <p class="hint">Starts with https:// or http://.</p>
        </div>
        <FormEnd save="Add it" canSave={isWeb && words.trim() !== ''} leave={onClose} />
      </form>
    </Sheet>
  )
}
