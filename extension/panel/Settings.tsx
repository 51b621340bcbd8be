import { type ReadonlySignal, useModel } from '@preact/signals'

import { hostOf } from '#shared/address'

import { KEY_LIMIT } from '../gesture/shortcut'
import { policyWords } from '../policy/policy-words'
import type { Policy } from '../policy/policy'
import { Icon } from './Icon'
import { Screen } from './Screen'
import { setSingleKeys, singleKeys } from './single-keys'
import { type SettingsDeps, SettingsModel } from './settings-model'

interface SettingsProps extends SettingsDeps {
  shortcut: ReadonlySignal<string>
  policy: ReadonlySignal<Policy>
  onBack(): void
  onConnect(): void
  onSaveAsFile(): void
}

/** Connected to whom, which key, which sites. The theme follows the system. */
export function Settings(props: SettingsProps) {
  const { shortcut, onBack, onConnect } = props
  const settings = useModel(() => new SettingsModel(props))
  return (
    <Screen title="Settings" back={{ label: 'Back to home', go: onBack }}>
      <Team settings={settings} onConnect={onConnect} />
      <section class="stack" aria-labelledby="key">
        <h2 id="key">The key for a moment</h2>
        <p class="soft">
          {shortcut.value === '' ? (
            'Your browser assigned none.'
          ) : (
            <span class="key">{shortcut.value}</span>
          )}{' '}
          {shortcut.value !== '' && 'keeps a moment on any page, as your browser has it.'}
        </p>
        {KEY_LIMIT !== null && <p class="hint">{KEY_LIMIT}</p>}
        <button class="btn" type="button" onClick={() => void settings.changeKey()}>
          Change it in your browser
        </button>
      </section>
      <label class="line">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <span>
          Single keys in the panel: <span class="key">E</span> embarrassing,{' '}
          <span class="key">L</span> liked, <span class="key">1</span> to <span class="key">3</span>
          , <span class="key">Z</span> undo
        </span>
      </label>
      <section class="stack" aria-labelledby="sites">
        <h2 id="sites">Sites that Wince may see on a walk</h2>
        {settings.sites.value.length === 0 ? (
          <p class="soft">None. A walk asks for its site when it starts.</p>
        ) : (
          <ul class="list">
            {settings.sites.value.map((pattern) => (
              <li key={pattern}>
                <p class="grow cut">{hostOf(pattern).replace(/\/\*$/, '')}</p>
                <button
                  class="btn small"
                  type="button"
                  aria-label={`Give back ${hostOf(pattern).replace(/\/\*$/, '')}`}
                  onClick={() => void settings.giveBack(pattern)}
                >
                  Give it back
                </button>
              </li>
            ))}
          </ul>
        )}
        <p class="hint">Wince looks at a site only while you walk there.</p>
      </section>
      <Managed policy={props.policy.value} />
      <section class="stack" aria-labelledby="file">
        <h2 id="file">Without a server</h2>
        <p class="soft">
          A file holds your notes and walks that were not sent, with their pictures, and a page that
          any browser shows.
        </p>
        <button class="btn" type="button" onClick={props.onSaveAsFile}>
          <Icon name="download" /> Save as a file
        </button>
        <label class="btn">
          <input
            class="vh"
            type="file"
            accept=".zip,.json"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              if (file) void settings.bringBack(file)
              event.currentTarget.value = ''
            }}
          />
          Bring a file back
        </label>
      </section>
      <p class="hint">Wince {props.version}. Light or dark follows your system.</p>
    </Screen>
  )
}

/** What the organisation set for this browser, and nothing where it set nothing. */
function Managed({ policy }: { policy: Policy }) {
  const rules = policyWords(policy)
  if (rules.length === 0) return null
  return (
    <section class="stack" aria-labelledby="managed">
      <h2 id="managed">Set by your organisation</h2>
      <ul class="ledger">
        {rules.map((rule) => (
          <li key={rule}>
            <Icon name="lock" />
            <span>{rule}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Team({
  settings,
  onConnect,
}: {
  settings: InstanceType<typeof SettingsModel>
  onConnect(): void
}) {
  const pairing = settings.pairing.value
  return (
    <section class="stack" aria-labelledby="team">
      <h2 id="team">Your team</h2>
      {pairing === null ? (
        <>
          <p class="soft">Not connected. Notes stay on this device; they can be saved as a file.</p>
          <button class="btn" type="button" onClick={onConnect}>
            <Icon name="link" /> Connect to your team
          </button>
        </>
      ) : (
        <>
          <dl class="fields">
            <div>
              <dt>Connected to</dt>
              <dd>{pairing.workspaceName}</dd>
            </div>
            <div>
              <dt>As</dt>
              <dd>{pairing.personName}</dd>
            </div>
            <div>
              <dt>At</dt>
              <dd>{hostOf(pairing.server)}</dd>
            </div>
            <div>
              <dt>Pictures</dt>
              <dd>
                {pairing.coverEverything
                  ? 'everything is covered'
                  : 'fields and patterns are covered'}
              </dd>
            </div>
          </dl>
          <button
            class="btn"
            type="button"
            aria-busy={settings.isDisconnecting.value}
            onClick={() => void settings.disconnect()}
          >
            Disconnect this browser
          </button>
          <p class="hint">
            What was sent goes from this browser; what was not sent stays. Save it as a file first
            if others use this browser. Connecting again needs a new code.
          </p>
        </>
      )}
    </section>
  )
}
