import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'

import type { FindPrivate } from '#shared/private-words'

/** What the organisation listed, for whoever writes anywhere in the panel. */
export const OwnWords = createContext<ReadonlySignal<FindPrivate> | null>(null)
