import { useSignal } from '@preact/signals'

import { toClock, toDays } from '#shared/duration'
import { WINCE_WORDS } from '#shared/note'

import { ScrollBox } from '../parts/ScrollBox'
import { toLongDay } from '../words'
import type { Drawn } from './playback'
import { foldInWords, spanInWords } from './walk-words'

interface Line {
  at: number
  what: string
  long: string
}

const WAIT_WORDS = { page: 'Waited for a page', hold: 'On hold', them: 'Waited for them' } as const

/** What the picture shows, as a table; made when somebody opens it. */
export function TraceTable({ shown, other }: { shown: Drawn; other: Drawn | null }) {
  const isOpen = useSignal(false)
  return (
    <details
      class="as-table"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open
      }}
    >
      <summary>The same as a table</summary>
      {isOpen.value && (
        <ScrollBox label="The time line as a table">
          <table class="table">
            <caption class="vh">The time line as a table</caption>
            <thead>
              <tr>
                <th scope="col">Walk</th>
                <th scope="col" class="r">
                  From
                </th>
                <th scope="col">What</th>
                <th scope="col" class="r">
                  How long
                </th>
              </tr>
            </thead>
            {[shown, ...(other === null ? [] : [other])].map((walk) => (
              <tbody key={walk.detail.walk.id}>
                {linesOf(walk).map((line, index) => (
                  <tr key={index}>
                    <th scope="row">{toLongDay(walk.detail.walk.startedAt)}</th>
                    <td class="r num">{toClock(line.at)}</td>
                    <td>{line.what}</td>
                    <td class="r num">{line.long}</td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </ScrollBox>
      )}
    </details>
  )
}

/** In the order of their times, from the walk's start. */
function linesOf({ play: { axis, spans, waits, marks } }: Drawn): Line[] {
  const since = (at: number) => Math.max(0, at - axis.startedAt)
  return [
    ...spans.map((span, index) => ({
      at: since(span.from),
      what: spanInWords(span),
      long: toDays((spans[index + 1]?.from ?? axis.pieces.at(-1)?.to ?? span.from) - span.from),
    })),
    ...axis.pieces.flatMap(({ from, to, folded }) =>
      folded === null
        ? []
        : [{ at: since(from), what: `A gap: ${foldInWords(folded)}`, long: toDays(to - from) }],
    ),
    ...waits
      .filter(({ ms }) => ms > 0)
      .map(({ what, at, ms }) => ({ at: since(at), what: WAIT_WORDS[what], long: toClock(ms) })),
    ...marks.map(({ at, rise, wince }) => ({
      at: since(at),
      what:
        rise === null
          ? 'Liked'
          : wince === null
            ? 'Wince, not graded'
            : `Wince ${wince} of 3, ${WINCE_WORDS[wince]}`,
      long: '',
    })),
  ].toSorted((one, another) => one.at - another.at)
}
