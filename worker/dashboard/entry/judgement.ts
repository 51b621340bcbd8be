import type { EntryChange, EntryMove } from '#shared/api/entry'

/** What a reviewer may set; the version comes from what is on screen. */
export type Judgement = Omit<EntryChange, 'version'>

/** Where an entry goes, and what that way asks for. */
export type Move = Omit<EntryMove, 'version'>
