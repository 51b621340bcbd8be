import type { Note } from '#shared/note'
import { stepWords } from '#shared/step-words'
import type { WalkPart } from '#shared/walk'

import { countOf, toTime } from '../panel/time-words'
import { contactWords } from '../shift/contact-words'
import type { Parcel, Payload } from '../sync/send'
import { type Field, noteFields, noteLine, walkFields } from './payload-fields'

/** Everything that leaves, one by one: as fields, and below each the exact text that is sent. */
export function Payloads({ parcel }: { parcel: Parcel }) {
  return (
    <ol class="payloads">
      {parcel.payloads.map((each, index) => (
        <li key={index}>
          <OnePayload payload={each} entryNumbers={parcel.entryNumbers} />
        </li>
      ))}
    </ol>
  )
}

function OnePayload({
  payload: each,
  entryNumbers,
}: {
  payload: Payload
  entryNumbers: Parcel['entryNumbers']
}) {
  return (
    <>
      <h4>
        {each.kind === 'note.add'
          ? noteLine(each.payload)
          : `The ${each.payload.walk.kind === 'shift' ? 'shift' : 'walk'}, part ${each.payload.part}`}
      </h4>
      <Fields
        fields={
          each.kind === 'note.add'
            ? noteFields(each.payload, entryNumbers)
            : walkFields(each.payload)
        }
      />
      {each.kind === 'walk.part' && each.payload.steps.length > 0 && <Steps part={each.payload} />}
      <ExactText kind={each.kind} payload={each.payload} />
    </>
  )
}

function Fields({ fields }: { fields: readonly Field[] }) {
  return (
    <dl class="fields">
      {fields.map(([name, value], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Steps({ part }: { part: WalkPart }) {
  return (
    <details>
      <summary>{countOf(part.steps.length, 'step')}</summary>
      <ol class="steps">
        {part.steps.map((step) => {
          // Of a contact no time leaves but its shift's.
          if (step.kind === 'contact') return <li key={step.seq}>{contactWords(step)}</li>
          const { before, thing, after } = stepWords(step)
          return (
            <li key={step.seq}>
              <time>{toTime(step.at)}</time> {before}
              {thing}
              {after}
            </li>
          )
        })}
      </ol>
    </details>
  )
}

/** Byte for byte what the request will hold; a test compares the two. */
function ExactText({ kind, payload }: { kind: Payload['kind']; payload: Note | WalkPart }) {
  return (
    <details>
      <summary>The exact text that is sent</summary>
      <pre class="exact" data-payload={kind}>
        {JSON.stringify(payload)}
      </pre>
    </details>
  )
}
