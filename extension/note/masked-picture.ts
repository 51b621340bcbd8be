import { createModel, effect, signal } from '@preact/signals'

import { openWinceDatabase } from '../storage/database'
import { findPicture } from './notes'

/** The address of a masked picture's bytes for as long as it is shown; null until they are read. */
export const MaskedPictureModel = createModel((sha256: string) => {
  const address = signal<string | null>(null)
  effect(() => {
    let isGone = false
    let made: string | null = null
    openWinceDatabase()
      .then((database) => findPicture(database, sha256))
      .then((picture) => {
        if (isGone || picture === undefined) return
        made = URL.createObjectURL(picture.blob)
        address.value = made
      })
      .catch((error: unknown) => console.error('picture not shown', error))
    return () => {
      isGone = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  })
  return { address }
})
