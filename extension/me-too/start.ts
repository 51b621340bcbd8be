import type { KeptNote } from '../storage/database'
import { MeTooCard } from './MeTooCard'
import type { MeTooModel } from './me-too'
import { type OffersDeps, createOffers } from './offers'

/** What a saved note may be the same as, and how it is drawn. */
export interface MeToo {
  model: MeTooModel
  Card: typeof MeTooCard
}

/** All of "me too"; the panel loads it with the first Save, so that its own start stays light. */
export function startMeToo(deps: OffersDeps) {
  const offers = createOffers(deps)
  return async (note: KeptNote): Promise<MeToo | null> => {
    const model = await offers.find(note)
    return model && { model, Card: MeTooCard }
  }
}
