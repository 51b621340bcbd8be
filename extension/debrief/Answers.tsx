import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

import { Icon } from '../panel/Icon'
import { PersonalHint } from '../personal-data/PersonalHint'
import type { DebriefFormModel } from './debrief-form'
import { noteLine } from './payload-fields'

/** What only the person who walked can say. None is required. */
export function Answers({ debrief }: { debrief: DebriefFormModel }) {
  const { done, effort, leftBehind } = debrief.debrief.value
  const [saidSo, setLeftSome] = useState(false)
  const hasLeftSome = saidSo || leftBehind != null
  return (
    <section class="ask" aria-label="Four questions">
      <fieldset class="field beside-it">
        <legend class="label">Did you get it done?</legend>
        <div class="seg">
          {(['yes', 'partly', 'no'] as const).map((each) => (
            <label key={each}>
              <input
                class="vh"
                type="radio"
                name="done"
                checked={done === each}
                onChange={() => debrief.answer({ done: each })}
              />
              {each.charAt(0).toUpperCase() + each.slice(1)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend class="label spread">
          How much work was it? <span class="hint">1 none, 7 far too much</span>
        </legend>
        <div class="seg seven">
          {[1, 2, 3, 4, 5, 6, 7].map((each) => (
            <label key={each}>
              <input
                class="vh"
                type="radio"
                name="effort"
                checked={effort === each}
                onChange={() => debrief.answer({ effort: each })}
              />
              {each}
            </label>
          ))}
        </div>
      </fieldset>
      <FixFirst debrief={debrief} />
      <OneLine
        debrief={debrief}
        aside={
          !hasLeftSome && (
            <button class="link hint" type="button" onClick={() => setLeftSome(true)}>
              Left a request behind?
            </button>
          )
        }
      />
      {hasLeftSome && (
        <div class="field">
          <label class="label" htmlFor="left-behind">
            Number of the request you left, so that it can be withdrawn
          </label>
          <input
            class="input"
            id="left-behind"
            autocomplete="off"
            maxLength={60}
            value={leftBehind ?? ''}
            onInput={(event) => debrief.answer({ leftBehind: event.currentTarget.value })}
          />
        </div>
      )}
    </section>
  )
}

export function FixFirst({ debrief }: { debrief: DebriefFormModel }) {
  const { fixFirst } = debrief.debrief.value
  if (debrief.problems.value.length === 0) return null
  return (
    <div class="field">
      <label class="label" htmlFor="fix-first">
        The one thing to fix first
      </label>
      <span class="select">
        <select
          class="input"
          id="fix-first"
          value={fixFirst ?? ''}
          onChange={(event) => debrief.answer({ fixFirst: event.currentTarget.value || null })}
        >
          <option value="">Nothing stands out</option>
          {debrief.problems.value.map((note) => (
            <option value={note.id} key={note.id}>
              {note.wince === null ? '' : `${note.wince} · `}
              {noteLine(note)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </div>
  )
}

interface OneLineProps {
  debrief: DebriefFormModel
  /** At the other end of the label's line. */
  aside?: ComponentChildren
}

export function OneLine({ debrief, aside }: OneLineProps) {
  const { line } = debrief.debrief.value
  return (
    <div class="field">
      <p class="spread">
        <label class="label" htmlFor="line">
          In one line, to the team
        </label>
        {aside}
      </p>
      <textarea
        class="input"
        id="line"
        rows={1}
        maxLength={2_000}
        value={line ?? ''}
        onInput={(event) => debrief.answer({ line: event.currentTarget.value })}
      />
      <PersonalHint text={line ?? ''} onCover={(covered) => debrief.answer({ line: covered })} />
    </div>
  )
}
