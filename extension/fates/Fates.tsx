import { useModel } from '@preact/signals'

import { StartNextModel, type StartNextDeps } from '../home/start-next'
import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import { fateWords, sinceWords } from '../home/fate-words'
import { FatesModel, type ShownFate } from './fates'

/** As many as home shows. */
const NEWEST = 3

export interface FatesProps extends StartNextDeps {
  /** No other walk goes on. */
  mayStart: boolean
  /** On a screen of its own; null on home, which shows the newest. */
  onBack: (() => void) | null
  /** To all of them. */
  onAll(): void
}

/** What became of one's own notes; never of colleagues' (C10). */
export function Fates(props: FatesProps) {
  const { surroundings, onBack, onAll } = props
  const isWhole = onBack !== null
  const model = useModel(() => new FatesModel({ ...props, isWhole }))
  const starting = useModel(() => new StartNextModel(props))
  const fates = model.fates.value
  if (fates === null) return null
  const list = (shown: readonly ShownFate[]) => (
    <ul class="list fate">
      {shown.map((fate) => (
        <li key={fate.entryId}>
          <div class="grow">
            <p class="line">
              <span class="st" data-s={fate.state}>
                {fateWords(fate, surroundings.now())}
              </span>{' '}
              {fate.isNews && <span class="pill">New</span>}
            </p>
            <p class="words">{fate.title ?? `“${fate.words[0] ?? ''}”`}</p>
            {isWhole && <About fate={fate} now={surroundings.now()} />}
            {fate.again !== null && (
              <div class="wrap">
                {props.mayStart && (
                  <Again
                    fate={fate}
                    start={(...what) => void starting.start(...what).then(onBack)}
                  />
                )}
                {fate.again.askId !== null && !fate.isPutOff && (
                  <button
                    class="btn small quiet"
                    type="button"
                    aria-label={`Not now: ${nameOf(fate)}`}
                    onClick={() => void model.putOff(fate.again?.askId ?? '')}
                  >
                    Not now
                  </button>
                )}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
  if (!isWhole) {
    return fates.length === 0 ? null : (
      <section aria-labelledby="fate">
        <h2 id="fate">What became of your notes</h2>
        {list(fates.slice(0, NEWEST))}
        <button class="btn" type="button" onClick={onAll}>
          What became of my notes
        </button>
      </section>
    )
  }
  const news = fates.filter(({ isNews }) => isNews).length
  return (
    <Screen title="What became of my notes" back={{ label: 'Back to home', go: onBack }}>
      {fates.length === 0 ? (
        <p class="notice">
          <Icon name="moment" />
          <span>
            Nothing yet. What you send to your team appears here, and what they do about it.
          </span>
        </p>
      ) : (
        <>
          <p class="soft">
            {news === 0
              ? 'Nothing new since you last looked.'
              : `${countOf(news, 'change')} since you last looked.`}
          </p>
          {list(fates)}
        </>
      )}
    </Screen>
  )
}

function About({ fate, now }: { fate: ShownFate; now: number }) {
  const { title, said, words, number, changedAt } = fate
  const own = title === null ? words.slice(1) : words
  return (
    <>
      {said !== undefined && <p>{said}</p>}
      {own.map((each) => (
        <p class="meta cut" key={each}>
          {title === null ? 'And' : 'You noted'} “{each}”
        </p>
      ))}
      <p class="meta">
        {number > 0 && `#${number}, `}since {sinceWords(changedAt, now).replace('on ', '')}
      </p>
    </>
  )
}

/** One tap: the same errand, everything filled in. */
interface AgainProps {
  fate: ShownFate
  start(...what: Parameters<StartNextModel['start']>): void
}

function Again({ fate, start }: AgainProps) {
  const { again } = fate
  if (again === null) return null
  return (
    <button
      class="btn small"
      type="button"
      aria-label={`Fixed: walk it again? ${nameOf(fate)}`}
      onClick={() => start(again.start, again.page)}
    >
      {again.askId === null ? 'Walk it again' : 'Fixed: walk it again?'}
    </button>
  )
}

function nameOf({ title, words }: ShownFate): string {
  return title ?? words[0] ?? ''
}
