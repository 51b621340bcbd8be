import { useSignal } from '@preact/signals'

import type { EntryDetail } from '#shared/api/entry'
import { CAUSE_WORDS, type Why } from '#shared/work'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { CauseForm } from './CauseForm'
import type { Judgement } from './judgement'
import { SectionHead } from './SectionHead'

interface CauseProps {
  detail: EntryDetail
  mayChange: boolean
  /** True once it is saved. */
  judge: (change: Judgement) => Promise<boolean>
}

/** How it happened, and how it never does again: by the team that does the work. */
export function Cause({ detail, mayChange, judge }: CauseProps) {
  const isEditing = useSignal(false)
  const { work, entry } = detail
  const isHigh = work.isSystemic || (entry.impact ?? 0) >= 3
  return (
    <section aria-labelledby="rc">
      <SectionHead
        id="rc"
        title="Root cause"
        meta="By the team that does the work"
        edit={mayChange && !isEditing.value ? () => (isEditing.value = true) : undefined}
      />
      {isEditing.value ? (
        <CauseForm
          work={work}
          save={async (change) => {
            if (await judge(change)) isEditing.value = false
          }}
          leave={() => (isEditing.value = false)}
        />
      ) : (
        <div class="rca">
          <div>
            <h3>How did it happen?</h3>
            {work.howItHappened !== '' && <p class="said">{work.howItHappened}</p>}
            {work.whys.length > 0 && <Whys whys={work.whys} />}
            {work.howItHappened === '' && work.whys.length === 0 && (
              <Nothing obvious={work.whyObvious} />
            )}
          </div>
          <div>
            <h3>How do we make sure it never does again?</h3>
            {work.neverAgain === '' ? (
              <p class="soft">Not said yet.</p>
            ) : (
              <p class="said">{work.neverAgain}</p>
            )}
            {(work.isSystemic || work.causeAreas.length > 0) && (
              <p class="wrap">
                {work.isSystemic && (
                  <span class="pill">
                    <Icon name="again" small /> Systemic
                  </span>
                )}
                {work.causeAreas.map((area) => (
                  <span class="pill" key={area}>
                    {CAUSE_WORDS[area]}
                  </span>
                ))}
              </p>
            )}
            {isHigh && (
              <Notice>
                <p>
                  Systemic or high impact: a change in how we work is asked for, not only a fix.
                </p>
              </Notice>
            )}
          </div>
        </div>
      )}
    </section>
  )
}

function Nothing({ obvious }: { obvious: string }) {
  return obvious === '' ? (
    <p class="soft">Not said yet.</p>
  ) : (
    <p class="said">
      <span class="meta run">The cause is obvious: </span>
      {obvious}
    </p>
  )
}

/** Each answer with what shows it; what explains another stands under it. */
function Whys({ whys, under = null }: { whys: readonly Why[]; under?: number | null }) {
  const here = whys.flatMap((why, index) => (why.under === under ? [{ ...why, index }] : []))
  return (
    <ol class="whys">
      {here.map(({ words, evidence, index }) => {
        const goesOn = whys.some((why) => why.under === index)
        return (
          <li key={index}>
            <p>
              {goesOn ? words : <b>{words}</b>}
              {evidence !== '' && <span class="meta">{evidence}</span>}
            </p>
            {goesOn && <Whys whys={whys} under={index} />}
          </li>
        )
      })}
    </ol>
  )
}
