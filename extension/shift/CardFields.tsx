import type { RefObject } from 'preact'
import { useSignal } from '@preact/signals'

import { type Contact, TAG_WORDS } from '#shared/contact'

import type { IconName } from '../../shared/style/icons'
import { Icon } from '../panel/Icon'
import { PersonalHint } from '../personal-data/PersonalHint'
import type { ContactCard } from './card'
import {
  CHANNEL_KEYS,
  OWED_KEY,
  REACTION_KEYS,
  SOLVED_KEYS,
  TAG_KEYS,
  TREATED_KEYS,
  changeOfScreens,
  changeOfTag,
} from './card-keys'
import { Exception } from './Exception'
import { Hot } from './Hot'
import { OwedFields } from './OwedFields'
import { Segments } from './Segments'
import { Service } from './Service'
import type { ShiftModel } from './shift'

const CHANNELS: { value: Contact['channel']; words: string; icon: IconName }[] = [
  { value: 'phone', words: 'Phone', icon: 'phone' },
  { value: 'desk', words: 'Walk-up', icon: 'human' },
  { value: 'portal', words: 'Portal', icon: 'portal' },
  { value: 'chat', words: 'Chat', icon: 'people' },
  { value: 'email', words: 'E-mail', icon: 'inbox' },
]
const SOLVED = [
  { value: 'yes', words: 'Yes' },
  { value: 'later', words: 'Later' },
  { value: 'no', words: 'No' },
] as const
const TREATED = [
  { value: 'yes', words: 'Yes' },
  { value: 'unsure', words: 'Unsure' },
  { value: 'no', words: 'No' },
] as const
const REACTIONS = [
  { value: -2, words: '−2' },
  { value: -1, words: '−1' },
  { value: 0, words: '0' },
  { value: 1, words: '+1' },
  { value: 2, words: '+2' },
] as const

interface CardFieldsProps {
  model: ShiftModel
  card: ContactCard
  need: RefObject<HTMLTextAreaElement | null>
}

/** One contact: how they came, what they needed, how it went, what was noticed. */
export function CardFields({ model, card, need }: CardFieldsProps) {
  const { contact, owed } = card
  const { change } = model
  return (
    <>
      <Segments
        legend="How did they reach us?"
        name="channel"
        isLegendShown={false}
        options={CHANNELS}
        keys={CHANNEL_KEYS}
        chosen={contact.channel}
        onChoose={(channel) => channel !== null && change({ channel })}
      />
      <div class="field">
        <label class="label" htmlFor="need">
          What did they need, in their words?
        </label>
        <textarea
          class="input"
          id="need"
          rows={2}
          maxLength={2_000}
          ref={need}
          value={contact.need}
          onInput={(event) => change({ need: event.currentTarget.value })}
        />
        <PersonalHint text={contact.need} onCover={(covered) => change({ need: covered })} />
        <Service model={model} card={card} />
      </div>
      <div class="pairs">
        <Segments
          legend="Solved?"
          name="solved"
          options={SOLVED}
          keys={SOLVED_KEYS}
          chosen={contact.solved}
          onChoose={(solved) => change({ solved })}
        />
        <Segments
          legend="Treated well?"
          name="treated"
          options={TREATED}
          keys={TREATED_KEYS}
          chosen={contact.treatedWell}
          onChoose={(treatedWell) => change({ treatedWell })}
        />
        <Segments
          legend="They left"
          hint="upset to delighted"
          name="reaction"
          options={REACTIONS}
          keys={REACTION_KEYS}
          chosen={contact.reaction}
          onChoose={(reaction) => change({ reaction })}
        />
        <Screens contact={contact} onChange={change} />
      </div>
      <Tags contact={contact} onChange={change}>
        <button
          class="chip"
          type="button"
          aria-pressed={owed !== null}
          aria-expanded={owed !== null}
          aria-keyshortcuts={OWED_KEY}
          onClick={() => model.toggleOwed()}
        >
          <Icon name="check" /> <Hot letter={OWED_KEY} words="We owe them an answer" />
        </button>
      </Tags>
      {contact.tags.includes('exception') && contact.exception !== null && (
        <Exception exception={contact.exception} onChange={(exception) => change({ exception })} />
      )}
      {owed !== null && <OwedFields owed={owed} onChange={(changed) => model.setOwed(changed)} />}
    </>
  )
}

interface PartProps {
  contact: Contact
  onChange(change: Partial<Contact>): void
}

function Screens({ contact, onChange }: PartProps) {
  return (
    <fieldset>
      <legend class="name">
        Screens <span class="hint">the agent opened</span>
      </legend>
      <div class="step">
        <button
          class="btn icon"
          type="button"
          aria-label="One fewer screen"
          aria-keyshortcuts="-"
          onClick={() => onChange(changeOfScreens(-1, contact))}
        >
          <Icon name="minus" />
        </button>
        <output>{contact.screens ?? '–'}</output>
        <button
          class="btn icon"
          type="button"
          aria-label="One more screen"
          aria-keyshortcuts="+"
          onClick={() => onChange(changeOfScreens(1, contact))}
        >
          <Icon name="plus" />
        </button>
      </div>
    </fieldset>
  )
}

const ALL_TAGS = Object.keys(TAG_WORDS) as (keyof typeof TAG_WORDS)[]
const FIRST_TAGS = 6

/** Six at hand and two more behind one tap; a chosen one is always among those shown. */
function Tags({ contact, onChange, children }: PartProps & { children: preact.ComponentChildren }) {
  const showsAll = useSignal(false)
  const shown = ALL_TAGS.filter(
    (tag, index) => showsAll.value || index < FIRST_TAGS || contact.tags.includes(tag),
  )
  const hidden = ALL_TAGS.length - shown.length
  return (
    <fieldset class="field">
      <legend class="label">What did you notice?</legend>
      <div class="wrap">
        {shown.map((tag) => (
          <label class="chip" key={tag}>
            <input
              class="vh"
              type="checkbox"
              aria-keyshortcuts={TAG_KEYS[tag]}
              checked={contact.tags.includes(tag)}
              onChange={() => onChange(changeOfTag(tag, contact))}
            />
            <Icon name="check" /> <Hot letter={TAG_KEYS[tag]} words={TAG_WORDS[tag]} />
          </label>
        ))}
        {hidden > 0 && (
          <button class="chip dash" type="button" onClick={() => (showsAll.value = true)}>
            {hidden} more
          </button>
        )}
        {children}
      </div>
    </fieldset>
  )
}
