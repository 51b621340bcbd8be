import { useModel } from '@preact/signals'

import { hostOf } from '#shared/address'

import { type ConnectFormDeps, ConnectFormModel, problemWords } from './connect-form'
import { Icon } from './Icon'
import { Screen } from './Screen'
import { countOf } from './time-words'

/** Paste the link, or type address and code. */
export function Connect({ onBack, ...deps }: ConnectFormDeps & { onBack(): void }) {
  const form = useModel(() => new ConnectFormModel(deps))
  const { problem, keptHere } = form
  const failure = problem.value
  const asksServer = form.needsServer.value || (failure !== null && failure.problem === 'no-server')
  return (
    <Screen
      title="Connect to your team"
      back={{ label: 'Back to home', go: onBack }}
      onCtrlEnter={() => void form.connect()}
      dock={
        <button
          class="btn primary wide"
          type="submit"
          form="connect"
          aria-busy={form.status.value === 'connecting'}
        >
          <Icon name="link" /> {form.status.value === 'connecting' ? 'Connecting' : 'Connect'}
        </button>
      }
    >
      <form
        class="stack"
        id="connect"
        onSubmit={(event) => {
          event.preventDefault()
          void form.connect()
        }}
      >
        <div class="field">
          <label class="label" htmlFor="code">
            Link or code
          </label>
          <input
            class="input"
            id="code"
            autocomplete="off"
            spellcheck={false}
            aria-describedby={failure === null ? 'code-hint' : 'code-hint code-problem'}
            aria-invalid={failure !== null}
            value={form.typed}
            onInput={(event) => (form.typed.value = event.currentTarget.value)}
          />
          <p class="hint" id="code-hint">
            From whoever invited you. It works once, and for 15 minutes.
            {deps.server !== null && ` Your organisation’s Wince is at ${hostOf(deps.server)}.`}
          </p>
        </div>
        {asksServer && (
          <div class="field">
            <label class="label" htmlFor="server">
              Address of your team’s Wince
            </label>
            <input
              class="input"
              id="server"
              autocomplete="off"
              spellcheck={false}
              placeholder="wince.example.org"
              value={form.server}
              onInput={(event) => (form.server.value = event.currentTarget.value)}
            />
          </div>
        )}
        {failure !== null && (
          <p class="notice late" role="alert" id="code-problem">
            <Icon name="warn" />
            <span>{problemWords(failure)}</span>
          </p>
        )}
      </form>
      <p class="notice">
        <Icon name="device" />
        <span>
          {keptHere.value === 0
            ? 'Connecting sends nothing. Later, Send shows you first what will leave.'
            : `${countOf(keptHere.value, 'note is', 'notes are')} kept here. None will be sent by connecting.`}
        </span>
      </p>
    </Screen>
  )
}
