import { findPersonal } from '#shared/personal-data'

import { Icon } from './Icon'

/** A quiet word under a field while somebody writes; never in the way. */
export function PersonalWarning({ text }: { text: string }) {
  const [found] = findPersonal(text)
  return (
    <div aria-live="polite">
      {found !== undefined && (
        <p class="hint line">
          <Icon name="mask" small />
          <span>
            “{found.words}” looks like {found.looksLike}. Say a role instead.
          </span>
        </p>
      )}
    </div>
  )
}
