import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

import { EFFORT_WORDS, IMPACT_WORDS } from '#shared/entry'
import { STATE_WORDS } from '#shared/sync'

import { Icon } from '../parts/Icon'
import { Choice, type Option } from './Choice'
import { isFiltered, withoutFilters, type View } from './view'

const TYPING_PAUSE_MS = 300

interface RegisterFiltersProps {
  view: View
  services: string[]
  go: (asked: View) => void
  /** What stands at the end of the line. */
  children: ComponentChildren
}

export function RegisterFilters({ view, services, go, children }: RegisterFiltersProps) {
  const isKeep = view.mood === 'liked'
  return (
    <div class="filters">
      <Find q={view.q ?? ''} go={go} />
      {!isKeep && (
        <Choice
          label="State"
          value={view.state ?? 'open'}
          options={[['open', 'Open'], ...problemStates(), ['all', 'Open and closed']]}
          choose={(state) => go({ state: state as View['state'] })}
        />
      )}
      <Choice
        label="Service"
        value={view.service ?? ''}
        options={[['', 'Service'], ...withChosen(services, view.service).map(toOption)]}
        choose={(service) => go({ service })}
      />
      {!isKeep && (
        <>
          <Choice
            label="Impact"
            value={view.impact ?? ''}
            options={[['', 'Impact'], ...(['4', '3', '2', '1'] as const).map(toImpactOption)]}
            choose={(impact) => go({ impact })}
          />
          <Choice
            label="Effort"
            value={view.effort ?? ''}
            options={[['', 'Effort'], ...(['S', 'M', 'L', 'XL'] as const).map(toEffortOption)]}
            choose={(effort) => go({ effort: effort as View['effort'] })}
          />
          <Choice
            label="Owner"
            value={
              view.owner === 'me' || view.owner === 'none' ? view.owner : view.owner ? 'other' : ''
            }
            options={[
              ['', 'Owner'],
              ['me', 'Me'],
              ['none', 'No owner'],
              ...(isSomebody(view.owner) ? ([['other', 'Somebody']] as const) : []),
            ]}
            choose={(owner) => owner !== 'other' && go({ owner })}
          />
          <Choice
            label="More"
            value={view.due ? `due-${view.due}` : (MORE.find(([key]) => view[key])?.[0] ?? '')}
            options={[
              ['', 'More'],
              ...MORE,
              ['due-over', 'Day has passed'],
              ['due-none', 'No day set'],
            ]}
            choose={(key) => go({ ...NO_MORE, ...moreOf(key) })}
          />
        </>
      )}
      {isFiltered(view) && (
        <button
          class="btn quiet"
          type="button"
          onClick={() => go({ ...EVERYTHING, ...withoutFilters(view) })}
        >
          <Icon name="close" small /> Clear filters
        </button>
      )}
      <span class="grow" />
      {children}
    </div>
  )
}

const MORE = [
  ['waiting', 'Customers waiting'],
  ['free', 'Free to fix'],
  ['systemic', 'Systemic'],
  ['quiet', 'Quiet for 30 days'],
] as const
/** One of `MORE`, or a day. */
function moreOf(key: string): View {
  if (key === 'due-over' || key === 'due-none') return { due: key === 'due-over' ? 'over' : 'none' }
  return key === '' ? {} : { [key]: '1' }
}

const NO_MORE = {
  due: undefined,
  waiting: undefined,
  free: undefined,
  systemic: undefined,
  quiet: undefined,
} satisfies View

const EVERYTHING = {
  ...NO_MORE,
  asks: undefined,
  state: undefined,
  q: undefined,
  service: undefined,
  impact: undefined,
  effort: undefined,
  owner: undefined,
} satisfies View

/** Finds while one types, and at once on Enter. */
function Find({ q, go }: { q: string; go: (asked: View) => void }) {
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef(0)
  useEffect(() => {
    // The address may change by itself: the way back, another view.
    if (field.current && field.current !== document.activeElement) field.current.value = q
    return () => clearTimeout(timer.current)
  }, [q])
  const find = () => {
    clearTimeout(timer.current)
    const text = field.current?.value.trim() ?? ''
    if (text !== q) go({ q: text })
  }
  return (
    <search class="find">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          find()
        }}
      >
        <Icon name="search" />
        <label class="vh" htmlFor="find">
          Find an entry by its words or number
        </label>
        <input
          class="input"
          id="find"
          defaultValue={q}
          placeholder="Find an entry  ( / )"
          autoComplete="off"
          maxLength={60}
          ref={field}
          onInput={() => {
            clearTimeout(timer.current)
            timer.current = window.setTimeout(find, TYPING_PAUSE_MS)
          }}
        />
      </form>
    </search>
  )
}

const PROBLEM_STATES = [
  'new',
  'accepted',
  'analyse',
  'progress',
  'hold',
  'check',
  'reopened',
  'closed',
  'declined',
  'withdrawn',
] as const

function problemStates(): Option[] {
  return PROBLEM_STATES.map((state) => [state, STATE_WORDS[state]])
}

function toOption(name: string): Option {
  return [name, name]
}

function toImpactOption(impact: '1' | '2' | '3' | '4'): Option {
  return [impact, `${impact} · ${IMPACT_WORDS[impact]}`]
}

function toEffortOption(effort: keyof typeof EFFORT_WORDS): Option {
  return [effort, `${effort} · ${EFFORT_WORDS[effort]}`]
}

function isSomebody(owner: View['owner']): boolean {
  return owner !== undefined && owner !== '' && owner !== 'me' && owner !== 'none'
}

/** A service that no entry names any more must still be seen to be chosen. */
function withChosen(services: string[], chosen: string | undefined): string[] {
  return chosen === undefined || chosen === '' || services.includes(chosen)
    ? services
    : [chosen, ...services]
}
