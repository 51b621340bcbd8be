import type { Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import type { WalkNote } from '#shared/api/walk'
import { toClock, toDays } from '#shared/duration'
import type { Row } from '#shared/playback'

import { CHANNEL_ICONS } from '../parts/channel-icons'
import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import type { PlaybackState, Shown } from './playback'
import { spanInWords, stepsInWords } from './walk-words'

interface StepListProps {
  playback: PlaybackState
  shown: Shown
  /** False for a shift, whose contacts have no time. */
  hasClock: boolean
}

/** Every step; only the chosen line can be tabbed to, and the arrow keys go on from there. */
export function StepList({ playback, shown, hasClock }: StepListProps) {
  const list = useRef<HTMLDivElement>(null)
  useFollowing(playback, list)
  const { rows, axis } = shown.play
  const gaps = new Map(
    axis.pieces.flatMap(({ from, to, folded }) => (folded === null ? [] : [[to, to - from]])),
  )
  return (
    <section aria-labelledby="st">
      <h2 id="st">{hasClock ? 'Steps' : 'Contacts and notes'}</h2>
      <div
        class={hasClock ? 'lines' : 'lines no-clock'}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- one list for readers, in pieces for the browser
        role="list"
        aria-labelledby="st"
        ref={list}
      >
        {piecesOf(rows).map((piece) => (
          <ol class="tl" role="none" key={piece.first}>
            {piece.rows.map((row, within) => {
              const index = piece.first + within
              return (
                <Line
                  key={index}
                  row={row}
                  isHere={shown.isHere[index]}
                  gapMs={rows[index - 1]?.at === row.at ? 0 : (gaps.get(row.at) ?? 0)}
                  hasClock={hasClock}
                  choose={() => playback.go(index)}
                />
              )
            })}
          </ol>
        ))}
      </div>
    </section>
  )
}

/** So many lines are drawn together when they come into view. */
const PIECE = 20

function piecesOf(rows: readonly Row<WalkNote>[]) {
  return Array.from({ length: Math.ceil(rows.length / PIECE) }, (_, index) => ({
    first: index * PIECE,
    rows: rows.slice(index * PIECE, (index + 1) * PIECE),
  }))
}

/** Brings the chosen line into the list's view, and the focus along where it was in the list. */
function useFollowing(playback: PlaybackState, list: { current: HTMLElement | null }): void {
  const { chosen } = playback
  useEffect(
    () =>
      chosen.subscribe((index) => {
        // After the line has been drawn as the chosen one.
        requestAnimationFrame(() => follow(list.current, index))
      }),
    [chosen, list],
  )
}

function follow(list: HTMLElement | null, index: number): void {
  const line = list?.querySelectorAll('li')[index]
  if (!list || !line) return
  if (list.contains(document.activeElement))
    line.querySelector('button')?.focus({ preventScroll: true })
  const top = line.getBoundingClientRect().top - list.getBoundingClientRect().top
  const isSeen = top >= 0 && top + line.offsetHeight <= list.clientHeight
  if (!isSeen) list.scrollTop += top - list.clientHeight / 3
}

interface LineProps {
  row: Row<WalkNote>
  isHere: Signal<boolean> | undefined
  /** How long nothing happened before it, in ms. */
  gapMs: number
  hasClock: boolean
  choose: () => void
}

/** How high a wait is drawn: to scale, px a minute, but seen and no longer than the screen. */
const WAIT_A_MINUTE = 13
const SHORTEST_WAIT = 22
const LONGEST_WAIT = 390

function heightOf(waitMs: number): number {
  return Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, (waitMs / 60_000) * WAIT_A_MINUTE))
}

function Line({ row, isHere, gapMs, hasClock, choose }: LineProps) {
  const here = isHere?.value === true
  const isWait = row.waitMs > 0
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- an item of the whole list, not of its piece
    <li class={here ? 'here' : ''} role="listitem">
      {hasClock ? <time>{toClock(row.sinceMs)}</time> : <span />}
      {isWait ? (
        <svg class="held" width="8" height={heightOf(row.waitMs)} aria-hidden="true">
          <rect width="100%" height="100%" />
        </svg>
      ) : (
        <span class={here ? 'dot now' : 'dot'} />
      )}
      <div>
        {gapMs > 0 && <p class="gap">{toDays(gapMs)} later</p>}
        {row.enters !== null && hasClock && (
          <p class="chan">
            <Icon name={iconOf(row.enters.on)} /> {spanInWords(row.enters)}
          </p>
        )}
        <button
          class="what"
          type="button"
          tabIndex={here ? 0 : -1}
          {...(here && { 'aria-current': 'step' as const })}
          onClick={choose}
        >
          <Words row={row} />
        </button>
      </div>
    </li>
  )
}

function iconOf(on: NonNullable<Row<WalkNote>['enters']>['on']) {
  return on === 'waiting' ? 'hold' : on === 'paused' ? 'pause' : CHANNEL_ICONS[on]
}

const WORDS_SHOWN = 80

function Words({ row: { steps, notes } }: { row: Row<WalkNote> }) {
  const { before, thing, after } = stepsInWords(steps)
  const [noted] = notes
  const own = noted && (noted.words === '' ? 'a silent moment' : `“${shorten(noted.words)}”`)
  return (
    <>
      {notes.map(({ id, mood, wince }) => (
        <Tile key={id} mood={mood} wince={wince} />
      ))}
      <span>
        {before}
        {thing !== '' && <b>{thing}</b>}
        {after}
        {steps.length === 0 && own !== undefined && ` ${own}`}
      </span>
    </>
  )
}

function shorten(words: string): string {
  return words.length <= WORDS_SHOWN ? words : `${words.slice(0, WORDS_SHOWN).trimEnd()}…`
}
