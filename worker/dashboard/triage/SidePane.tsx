import type { ComponentChildren } from 'preact'

import type { TriageEntry, TriageNote } from '#shared/api/triage'
import type { IconName } from '#shared/style/icons'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import { StateSign } from '../parts/StateSign'
import { count } from '../words'
import { capOf, type TriageAct } from './keys'
import type { Problem } from './note-decisions'
import { reasonsOf } from './triage-words'
import type { Triage } from './triage'

interface SidePaneProps {
  triage: Triage
  note: TriageNote
  mayDecide: boolean
}

/** Where the note belongs: what grouping says and why, and what a person may do about it. */
export function SidePane({ triage, note, mayDecide }: SidePaneProps) {
  const problem = triage.problem.value
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus, no key would scroll it
    <aside class="side" aria-label="Where it belongs" tabIndex={0}>
      {problem && <CameBack triage={triage} note={note} problem={problem} />}
      <Fit triage={triage} note={note} mayDecide={mayDecide} />
      {mayDecide ? (
        <Acts triage={triage} />
      ) : (
        <Notice icon="lock">
          <p>Reviewers decide here. You may read.</p>
        </Notice>
      )}
      {note.suggestions.length > 0 && <Else triage={triage} note={note} mayDecide={mayDecide} />}
    </aside>
  )
}

/** What the note is in, or what it may be the same as. */
function Fit({ triage, note, mayDecide }: SidePaneProps) {
  const { entry, proposal, why } = note
  const isJoined = why?.decision === 'join'
  const shown = proposal?.entry ?? entry
  return (
    <section aria-labelledby="fit">
      <h2 id="fit">{proposal ? 'Looks like' : isJoined ? 'Joined' : 'Stands alone'}</h2>
      <div class="card fit">
        <div class="line">
          <a class="meta" href={`/register/${shown.number}`}>
            #{shown.number}
          </a>
          <span class="push">
            <StateSign state={shown.state} />
          </span>
          {mayDecide && proposal === null && (
            <button
              class="btn quiet small icon"
              type="button"
              aria-label={`Rename #${entry.number}`}
              onClick={() => triage.openAbout('rename')}
            >
              <Icon name="pencil" small />
            </button>
          )}
        </div>
        <h3>{shown.title}</h3>
        <ul class="why">
          {reasonsOf(proposal?.sentence ?? why?.sentence ?? '').map((reason) => (
            <li key={reason} class="yes">
              <Icon name={proposal || isJoined ? 'check' : 'info'} />
              <span>{reason}</span>
            </li>
          ))}
          {proposal && (
            <li>
              <Icon name="split" />
              <span>Until you say so, it stands alone as #{entry.number}</span>
            </li>
          )}
        </ul>
        <After note={note} entry={shown} isAdded={proposal !== null} />
        {mayDecide && (
          <button class="btn primary" type="button" onClick={triage.accept}>
            {proposal
              ? `Add to #${shown.number}`
              : `Accept ${isJoined ? 'in' : 'as'} #${shown.number}`}{' '}
            <Cap act="accept" />
          </button>
        )}
      </div>
    </section>
  )
}

/** The result, before anybody accepts it. */
function After({
  note,
  entry,
  isAdded,
}: {
  note: TriageNote
  entry: TriageEntry
  isAdded: boolean
}) {
  const worst = isAdded ? Math.max(entry.worst ?? -1, note.wince ?? -1) : (entry.worst ?? -1)
  const notes = entry.notes + (isAdded ? 1 : 0)
  return (
    <p class="after">
      <span>
        {isAdded ? 'After this: ' : 'With it: '}
        <b>{notes}</b> {notes === 1 ? 'note' : 'notes'}
      </span>
      {!isAdded && (
        <span>
          <b>{entry.leaders}</b> {entry.leaders === 1 ? 'leader' : 'leaders'}
        </span>
      )}
      {worst >= 0 && (
        <span>
          worst <b>{worst}</b>
        </span>
      )}
    </p>
  )
}

function Acts({ triage }: { triage: Triage }) {
  const { openAbout } = triage
  return (
    <div class="acts">
      <Act icon="plus" act="own" onClick={triage.giveItsOwn}>
        New entry
      </Act>
      <Act icon="move" act="move" onClick={() => openAbout('move')}>
        Move to…
      </Act>
      <Act icon="split" act="split" onClick={() => openAbout('split')}>
        Split…
      </Act>
      <Act icon="merge" act="merge" onClick={() => openAbout('merge')}>
        Merge…
      </Act>
      <Act icon="clock" act="later" onClick={triage.putBehind}>
        Later
      </Act>
      <Act icon="close" act="decline" onClick={() => openAbout('decline')}>
        Decline…
      </Act>
    </div>
  )
}

interface ActProps {
  icon: IconName
  act: TriageAct
  onClick: () => void
  children: ComponentChildren
}

function Act({ icon, act, onClick, children }: ActProps) {
  return (
    <button class="btn" type="button" onClick={onClick}>
      <Icon name={icon} /> {children} <Cap act={act} />
    </button>
  )
}

/** The key of a button; screen readers find it on the sheet of all keys. */
function Cap({ act }: { act: TriageAct }) {
  return (
    <span class="key" aria-hidden="true">
      {capOf(act)}
    </span>
  )
}

function Else({ triage, note, mayDecide }: SidePaneProps) {
  return (
    <section class="else" aria-labelledby="else">
      <h2 id="else">Could also be</h2>
      <ul>
        {note.suggestions.map(({ entry, reason }) => (
          <li key={entry.number}>
            <a class="meta" href={`/register/${entry.number}`}>
              #{entry.number}
            </a>
            <span class="grow">
              <span>{entry.title}</span>
              <span class="meta">{reason.replace(/\.$/, '')}</span>
            </span>
            {mayDecide && (
              <button class="btn small" type="button" onClick={() => triage.moveTo(note, entry)}>
                It is this
                <span class="vh">
                  : #{entry.number}, {entry.title}
                </span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CameBackProps {
  triage: Triage
  note: TriageNote
  problem: Problem
}

function CameBack({ triage, note, problem }: CameBackProps) {
  if (problem.status === 'refused') {
    return (
      <Notice icon="warn" tone="late" live>
        <p>This note came back. {problem.sentence}</p>
      </Notice>
    )
  }
  const { was, decision } = problem
  return (
    <Notice icon="people" tone="late" live>
      <p>
        Somebody changed this meanwhile. {changedInWords(was, note, decision.target)} Yours was not
        saved.
      </p>
      <p class="wrap">
        <button class="btn small" type="button" onClick={() => triage.decisions.decideAnyway(note)}>
          Use mine
        </button>
        <button class="btn small" type="button" onClick={() => triage.decisions.letStand(note)}>
          Use theirs
        </button>
      </p>
    </Notice>
  )
}

function changedInWords(was: TriageNote, now: TriageNote, target: TriageEntry | null): string {
  if (now.entry.state === 'declined' && was.entry.state !== 'declined')
    return `It was declined, as #${now.entry.number}.`
  if (now.entry.number !== was.entry.number) return `The note is in #${now.entry.number} now.`
  if (!now.waiting) return 'It was decided about already.'
  const before = was.proposal?.entry ?? was.entry
  const entry = target ?? now.proposal?.entry ?? now.entry
  if (target === null && entry.number !== before.number)
    return `It looks like #${entry.number} now.`
  return `#${entry.number} is “${entry.title}” with ${count(entry.notes, 'note')} now.`
}
