import { useModel } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

import { Icon } from '../parts/Icon'
import { ActiveOptionModel } from './active-option'

export interface Option {
  /** Stable while the list changes. */
  id: string
  /** Options of one group stand together under its name. */
  group: string
  content: ComponentChildren
  act: () => void
}

interface ComboProps {
  label: string
  placeholder: string
  text: string
  onText: (text: string) => void
  options: readonly Option[]
  /** What to say where nothing fits, or nothing is known yet. */
  empty: string
}

const TYPING_PAUSE_MS = 150

/** A field with a list under it: arrows choose, Enter acts. */
export function Combo({ label, placeholder, text, onText, options, empty }: ComboProps) {
  const combo = useModel(ActiveOptionModel)
  const list = useId()
  const timer = useRef(0)
  const active = combo.activeAmong(options)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    document.getElementById(`${list}-${active?.id ?? ''}`)?.scrollIntoView({ block: 'nearest' })
  }, [list, active?.id])
  return (
    <div class="combo">
      <div class="find">
        <Icon name="search" />
        {/* oxlint-disable jsx-a11y/no-autofocus -- the dialog was opened to type here */}
        <input
          class="input"
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          {...(active && { 'aria-activedescendant': `${list}-${active.id}` })}
          placeholder={placeholder}
          autoComplete="off"
          autoFocus
          maxLength={60}
          defaultValue={text}
          onInput={(event) => {
            const typed = event.currentTarget.value
            combo.start()
            clearTimeout(timer.current)
            timer.current = window.setTimeout(() => onText(typed), TYPING_PAUSE_MS)
          }}
          onKeyDown={(event) => {
            if (event.isComposing) return
            if (event.key === 'ArrowDown') combo.step(options, 1)
            else if (event.key === 'ArrowUp') combo.step(options, -1)
            else if (event.key === 'Enter') active?.act()
            else return
            event.preventDefault()
          }}
        />
        {/* oxlint-enable jsx-a11y/no-autofocus */}
      </div>
      {/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- a select holds text only, and its keys are the field's */}
      {options.length === 0 && <output class="meta nothing-fits">{empty}</output>}
      <div class="options" role="listbox" id={list} aria-label={label}>
        {groupsOf(options).map(({ name, members }) => (
          <div key={name} role="group" aria-label={name}>
            <p class="label" aria-hidden="true">
              {name}
            </p>
            {members.map((option) => (
              <div
                key={option.id}
                class="option"
                role="option"
                id={`${list}-${option.id}`}
                aria-selected={option.id === active?.id}
                tabIndex={-1}
                onClick={option.act}
              >
                {option.content}
              </div>
            ))}
          </div>
        ))}
      </div>
      {/* oxlint-enable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events */}
    </div>
  )
}

function groupsOf(options: readonly Option[]): { name: string; members: Option[] }[] {
  const groups = new Map<string, Option[]>()
  for (const option of options) {
    groups.set(option.group, [...(groups.get(option.group) ?? []), option])
  }
  return [...groups].map(([name, members]) => ({ name, members }))
}
