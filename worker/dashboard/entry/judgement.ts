import type { EntryChange } from '#shared/api/entry'

/** What a reviewer may set; the version comes from what is on screen. */
export type Judgement = Omit<EntryChange, 'version'>
