import type { ComponentChildren } from 'preact'
import { createModel, useModel } from '@preact/signals'

import type { KeptWalk, WinceDatabase } from '../storage/database'
import { live } from './live'

interface WithWalkProps {
  database: WinceDatabase
  walkId: string
  children(walk: KeptWalk): ComponentChildren
}

/** A walk as it was when its screen came: what changes meanwhile is that screen's own. */
const WalkOnceModel = createModel(({ database, walkId }: Omit<WithWalkProps, 'children'>) => ({
  walk: live<KeptWalk | null>([], null, async () => (await database.get('walk', walkId)) ?? null),
}))

/** Reads a walk and draws with it. */
export function WithWalk({ children, ...deps }: WithWalkProps) {
  const model = useModel(() => new WalkOnceModel(deps))
  return model.walk.value === null ? null : children(model.walk.value)
}
