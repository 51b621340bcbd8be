import type { EntryRow } from '#shared/api/register'
import type { NewDecisionInput, TriageEntry } from '#shared/api/triage'

export type Expected = NonNullable<NewDecisionInput['expect']>

/**
 * What this page itself did to entries. A decision names the versions that were on screen when
 * it was made; those that an earlier decision of this page has changed since are named as it left
 * them, or one would stand in the way of the next.
 */
export function createVersions() {
  const known = new Map<number, { version: number; turn: number }>()
  let turn = 0

  return {
    /** A version of an entry as this page left it. */
    learn(entries: readonly Pick<EntryRow, 'number' | 'version'>[]): void {
      turn += 1
      for (const { number, version } of entries) known.set(number, { version, turn })
    },

    /** @returns what to expect at the time it is sent */
    seen(entries: readonly Pick<TriageEntry, 'number' | 'version'>[]): () => Expected {
      const since = turn
      return () =>
        entries.map(({ number, version }) => {
          const ours = known.get(number)
          return { entry: number, version: ours && ours.turn > since ? ours.version : version }
        })
    },
  }
}
