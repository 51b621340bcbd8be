import { formatPairingCode, pairingLink, parsePairingInput } from '#shared/pairing-code'

import { CopyButton } from '../parts/CopyButton'
import { Frame } from '../parts/Frame'
import { Notice } from '../parts/Notice'

/** Where a pairing link leads when it is opened instead of pasted: it says where it belongs. */
export function PairPage({ origin, code }: { origin: string; code: string }) {
  const input = parsePairingInput(code)
  return (
    <Frame title="Connect a browser" class="narrow">
      <div class="work">
        <div>
          <h1>This link belongs in the side panel</h1>
          <p class="lede">
            Wince’s extension connects the browser, not this page. Copy the link and paste it there.
          </p>
        </div>
        {input.ok ? (
          <>
            <section class="card code" aria-labelledby="cd">
              <h2 id="cd">Pairing code</h2>
              <output class="symbols">
                {formatPairingCode(input.code)
                  .split('-')
                  .map((group, index) => (
                    <>
                      {index > 0 && <i />}
                      <span>{group}</span>
                    </>
                  ))}
              </output>
              <div class="wrap">
                <CopyButton text={pairingLink(origin, input.code)} words="Copy the link" />
              </div>
            </section>
            <ol class="how">
              <li>
                <span class="n">1</span>
                <p>Open Wince in this browser: its button is beside the address bar.</p>
              </li>
              <li>
                <span class="n">2</span>
                <p>
                  Choose <b>Connect to your team</b>.
                </p>
              </li>
              <li>
                <span class="n">3</span>
                <p>Paste the link. It works once, within 15 minutes of when it was made.</p>
              </li>
            </ol>
          </>
        ) : (
          <Notice icon="warn" tone="late">
            <p>This link is not complete. Ask for a new code.</p>
          </Notice>
        )}
      </div>
    </Frame>
  )
}
