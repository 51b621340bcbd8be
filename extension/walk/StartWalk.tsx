import { useModel, useSignal } from '@preact/signals'

import { hostOf } from '#shared/address'

import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { PersonalHint } from '../personal-data/PersonalHint'
import type { TabInFront } from '../panel/tabs'
import { COMMON_ERRANDS, PERSONAS, type StartFormDeps, StartFormModel } from './start-form'

/** Ten seconds to a walk; Start works with everything empty. */
export function StartWalk({ onBack, ...deps }: StartFormDeps & { onBack(): void }) {
  const form = useModel(() => new StartFormModel(deps))
  const allErrands = useSignal(false)
  const begin = () => void form.start()
  return (
    <Screen
      title="Walk a service"
      back={{ label: 'Back to home', go: onBack }}
      onCtrlEnter={begin}
      dock={
        <button
          class="btn primary wide"
          type="button"
          onClick={begin}
          aria-disabled={form.status.value !== 'editing'}
        >
          {form.status.value === 'asking' ? 'Your browser asks you now' : 'Start walking'}{' '}
          {form.status.value === 'editing' && <span class="key">Ctrl ↵</span>}
        </button>
      }
    >
      <div class="field">
        <label class="label" htmlFor="errand">
          Your errand, in a customer’s words
        </label>
        <textarea
          class="input errand-words"
          id="errand"
          rows={2}
          maxLength={500}
          value={form.errand}
          onInput={(event) => (form.errand.value = event.currentTarget.value)}
        />
        <PersonalHint text={form.errand.value} onCover={(errand) => (form.errand.value = errand)} />
        <fieldset class="wrap">
          <legend class="vh">Or take a common errand</legend>
          {COMMON_ERRANDS.slice(0, allErrands.value ? undefined : 2).map((errand) => (
            <button
              class="chip"
              type="button"
              key={errand}
              onClick={() => (form.errand.value = errand)}
            >
              {errand.replace(/\.$/, '')}
            </button>
          ))}
          {!allErrands.value && (
            <button class="chip dash" type="button" onClick={() => (allErrands.value = true)}>
              {COMMON_ERRANDS.length - 2} more
            </button>
          )}
        </fieldset>
      </div>
      <Persona
        persona={form.persona.value}
        onChange={(persona) => (form.persona.value = persona)}
      />
      <div class="field">
        <label class="label" htmlFor="service">
          Service
        </label>
        <input
          class="input"
          id="service"
          list="services"
          maxLength={60}
          placeholder="Wi-Fi, payslips, badges…"
          value={form.service}
          onInput={(event) => (form.service.value = event.currentTarget.value)}
        />
        <datalist id="services">
          {form.services.value.map((service) => (
            <option value={service} key={service}>
              {service}
            </option>
          ))}
        </datalist>
      </div>
      <fieldset class="field">
        <legend class="label">Have you done this here before?</legend>
        <div class="seg">
          {[
            { value: true, words: 'First time here' },
            { value: false, words: 'Been here before' },
          ].map(({ value, words }) => (
            <label key={words}>
              <input
                class="vh"
                type="radio"
                name="first-time"
                checked={form.firstTime.value === value}
                onChange={() => (form.firstTime.value = value)}
              />
              {words}
            </label>
          ))}
        </div>
        <p class="hint">First eyes see most. Your first wording is always kept.</p>
      </fieldset>
      <Portal portal={form.portal.value} allowed={form.allowed.value} />
    </Screen>
  )
}

function Persona({ persona, onChange }: { persona: string; onChange(persona: string): void }) {
  const other = useSignal(false)
  return (
    <fieldset class="field">
      <legend class="label">Whose situation are you in?</legend>
      <div class="wrap">
        {PERSONAS.map((each) => (
          <label class="chip" key={each}>
            <input
              class="vh"
              type="radio"
              name="persona"
              checked={!other.value && persona === each}
              onChange={() => {
                other.value = false
                onChange(each)
              }}
            />
            <Icon name="check" /> {each}
          </label>
        ))}
        <label class="chip">
          <input
            class="vh"
            type="radio"
            name="persona"
            checked={other.value}
            onChange={() => {
              other.value = true
              onChange('')
            }}
          />
          <Icon name="check" /> Someone else
        </label>
      </div>
      {other.value && (
        <input
          class="input"
          aria-label="Who is it? A situation, not a name"
          placeholder="A situation, not a name"
          maxLength={60}
          value={persona}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <PersonalHint text={persona} onCover={onChange} />
      <p class="hint">Use your own name and login; borrow the situation, never the identity.</p>
    </fieldset>
  )
}

/** What Wince will see, said before the browser asks. */
function Portal({ portal, allowed }: { portal: TabInFront | null; allowed: boolean }) {
  const origin = portal?.origin ?? null
  return (
    <div class="allow">
      <Icon name="shield" />
      {origin !== null && portal?.isOffLimits === true ? (
        <p>
          <b>Wince will not see {hostOf(origin)}</b>
          <span class="hint">
            Your organisation keeps Wince away from it. You can start all the same: your notes will
            have your words and the time.
          </span>
        </p>
      ) : origin === null ? (
        <p>
          <b>Wince sees no page yet</b>
          <span class="hint">
            Open the portal in this window and click Wince in the toolbar there, so that the pages
            write themselves down. You can start without it.
          </span>
        </p>
      ) : (
        <p>
          <b>Wince will see {hostOf(origin)} only</b>
          <span class="hint">
            Pages, button names and waits, until you end the walk. Never what you type. Nothing is
            recorded until you press Start.
          </span>
          {allowed ? (
            <span class="pill done">
              <Icon name="check" /> You allowed this site
            </span>
          ) : (
            <span class="hint">
              Your browser asks you when you press Start. After a no, the walk goes on without it.
            </span>
          )}
        </p>
      )}
    </div>
  )
}
