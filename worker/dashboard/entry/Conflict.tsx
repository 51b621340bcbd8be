import { Notice } from '../parts/Notice'
import type { Conflict } from './conflict'

interface ConflictNoticeProps {
  conflicts: readonly Conflict[]
  /** Saves what came too late over what stands now; undefined where that is a move. */
  saveMine: (() => void) | undefined
  keepTheirs: () => void
}

/** Somebody else was faster: both are here, and one tap decides. */
export function ConflictNotice({ conflicts, saveMine, keepTheirs }: ConflictNoticeProps) {
  return (
    <Notice icon="people" tone="late" live>
      <p>
        Somebody changed this meanwhile.{' '}
        {conflicts.length === 0
          ? 'This is how it stands now. Look again, then decide.'
          : 'Yours is kept here until you decide.'}
      </p>
      {conflicts.length > 0 && (
        <table class="conflict">
          <caption class="vh">What differs</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="vh">Value</span>
              </th>
              <th scope="col">As it stands now</th>
              <th scope="col">Yours</th>
            </tr>
          </thead>
          <tbody>
            {conflicts.map(({ field, theirs, mine }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{theirs}</td>
                <td>{mine}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="wrap">
        {conflicts.length > 0 && saveMine && (
          <button class="btn small" type="button" onClick={saveMine}>
            Use mine
          </button>
        )}
        <button class="btn small" type="button" onClick={keepTheirs}>
          {conflicts.length > 0 ? 'Use theirs' : 'All right'}
        </button>
      </p>
    </Notice>
  )
}
