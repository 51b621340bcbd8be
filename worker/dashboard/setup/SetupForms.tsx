import type { ComponentChildren } from 'preact'

import { Icon } from '../parts/Icon'
import { Notice } from '../parts/Notice'
import type { Setup } from './setup'

const NAME_MAX = 100

export function OrganisationStep({ setup }: { setup: Setup }) {
  return (
    <form
      class="work"
      onSubmit={(event) => {
        event.preventDefault()
        if (setup.canName.peek()) setup.goTo('pictures')
      }}
    >
      <Heading
        title="Who is this for?"
        lede="One workspace holds the walks, notes and entries of one organisation. You will own it; others are invited later."
      />
      <section class="card pad fields">
        <div class="field">
          <label htmlFor="workspace">Organisation</label>
          <input
            class="input"
            id="workspace"
            value={setup.workspaceName.value}
            maxLength={NAME_MAX}
            autoComplete="organization"
            required
            onInput={(event) => setup.setWorkspaceName(event.currentTarget.value)}
          />
          <p class="hint">As everybody knows it: “Example Health · IT”.</p>
        </div>
        <div class="field">
          <label htmlFor="owner">What you are called here</label>
          <input
            class="input"
            id="owner"
            value={setup.ownerName.value}
            maxLength={NAME_MAX}
            autoComplete="off"
            required
            onInput={(event) => setup.setOwnerName(event.currentTarget.value)}
          />
          <p class="hint">
            A role says more than a name: “Service desk manager”. It stands beside what you do.
          </p>
        </div>
      </section>
      <div class="wrap">
        <button class="btn primary" type="submit" disabled={!setup.canName.value}>
          Go on
        </button>
        {!setup.canName.value && <p class="meta">Both names are needed.</p>}
      </div>
    </form>
  )
}

export function PicturesStep({ setup }: { setup: Setup }) {
  return (
    <form
      class="work"
      onSubmit={(event) => {
        event.preventDefault()
        if (setup.canCover.peek()) setup.goTo('sign-in')
      }}
    >
      <Heading
        title="May a picture show your portals?"
        lede="A note can carry a picture of the page. Parts are covered with solid boxes in memory, before anything is stored."
      />
      <fieldset class="card pad choices">
        <legend class="vh">What is covered</legend>
        <Answer
          setup={setup}
          value
          title="Cover everything"
          hint="The whole picture is covered, and the leader reveals only what the note is about. Right wherever health data may show."
        />
        <Answer
          setup={setup}
          value={false}
          title="Cover fields and patterns"
          hint="Form fields, e-mail addresses, phone numbers, ids, pictures and everything that cannot be looked into are covered. A name in plain text may show."
        />
      </fieldset>
      <Notice icon="shield">
        <p>
          Whatever you choose, leaders see each picture before they press Send. You can change this
          under Set up.
        </p>
      </Notice>
      <div class="wrap">
        <button class="btn primary" type="submit" disabled={!setup.canCover.value}>
          Go on
        </button>
        <button class="btn quiet" type="button" onClick={() => setup.goTo('organisation')}>
          Back
        </button>
        {!setup.canCover.value && <p class="meta">Choose one of the two.</p>}
      </div>
    </form>
  )
}

interface AnswerProps {
  setup: Setup
  value: boolean
  title: string
  hint: string
}

function Answer({ setup, value, title, hint }: AnswerProps) {
  const id = value ? 'cover-everything' : 'cover-fields'
  return (
    <div class="choice">
      <input
        type="radio"
        name="cover"
        id={id}
        aria-describedby={`${id}-hint`}
        checked={setup.coverEverything.value === value}
        onChange={() => setup.setCoverEverything(value)}
      />
      <p>
        <label htmlFor={id}>{title}</label>
        <span class="meta" id={`${id}-hint`}>
          {hint}
        </span>
      </p>
    </div>
  )
}

export function SignInStep({ setup }: { setup: Setup }) {
  const isWorking = setup.status.value === 'working'
  return (
    <div class="work">
      <Heading
        title="How will you sign in?"
        lede="There are no passwords. A passkey is one touch; ten recovery codes are for the day it is not at hand."
      />
      <section class="card pad fields">
        {setup.supportsPasskeys.value && (
          <button
            class="btn primary wide"
            type="button"
            disabled={isWorking}
            aria-busy={isWorking}
            onClick={() => void setup.finishWithPasskey()}
          >
            <Icon name="key" /> {isWorking ? 'Asking your browser…' : 'Make a passkey'}
          </button>
        )}
        <button
          class="btn wide"
          type="button"
          disabled={isWorking}
          onClick={() => void setup.finishWithCodes()}
        >
          Recovery codes alone for now
        </button>
        <p class="hint">A passkey can be added later under your name.</p>
      </section>
      <div aria-live="assertive">
        {setup.problem.value !== '' && (
          <Notice icon="warn" tone="late">
            <p>{setup.problem.value}</p>
          </Notice>
        )}
      </div>
      <p>
        <button
          class="btn quiet"
          type="button"
          disabled={isWorking}
          onClick={() => setup.goTo('pictures')}
        >
          Back
        </button>
      </p>
    </div>
  )
}

function Heading({ title, lede }: { title: string; lede: ComponentChildren }) {
  return (
    <div>
      <h1 tabIndex={-1}>{title}</h1>
      <p class="lede">{lede}</p>
    </div>
  )
}
