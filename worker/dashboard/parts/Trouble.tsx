import { Icon } from './Icon'
import { Notice } from './Notice'

/** What to say where something could not be loaded, and the way on. */
export function Trouble({ retry }: { retry: () => void }) {
  return (
    <Notice icon="warn" tone="late" live>
      <p>We could not load this. Nothing you did is lost.</p>
      <p>
        <button class="btn small" type="button" onClick={retry}>
          <Icon name="again" small /> Try again
        </button>
      </p>
    </Notice>
  )
}
