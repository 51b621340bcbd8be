import { CopyButton } from './CopyButton'
import { Icon } from './Icon'
import { Notice } from './Notice'

/** Recovery codes, shown this once: to be copied, printed or written down, and then confirmed. */
export function KeepCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  return (
    <div class="work">
      <div>
        <h1 tabIndex={-1}>Keep your recovery codes</h1>
        <p class="lede">
          Each signs you in once, without your passkey. They are shown now and never again.
        </p>
      </div>
      <section class="card pad" aria-labelledby="codes">
        <h2 class="vh" id="codes">
          Recovery codes
        </h2>
        <ol class="codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div class="wrap no-print">
          <CopyButton text={codes.join('\n')} words="Copy all" />
          <button class="btn" type="button" onClick={() => print()}>
            <Icon name="download" /> Print
          </button>
        </div>
      </section>
      <Notice icon="lock">
        <p>
          Keep them where you keep a spare key: a password manager, or paper in a drawer. Nobody
          here can read them.
        </p>
      </Notice>
      <p class="no-print">
        <button class="btn primary" type="button" onClick={onKept}>
          I have kept them
        </button>
      </p>
    </div>
  )
}
