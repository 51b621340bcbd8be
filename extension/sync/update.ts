/** What an update needs of the browser. */
export interface UpdateDeps {
  /** A walk goes on, or a page of ours is open: somebody may be in the middle of a sentence. */
  isBusy(): Promise<boolean>
  /** Starts the extension anew, in its new version; closes every page of it. */
  reload(): void
}

/**
 * Takes an update when nobody is disturbed by it (M-10). What waits is known here alone: once the
 * background sleeps, the browser installs it by itself, and it too spares open pages.
 */
export function createUpdater({ isBusy, reload }: UpdateDeps) {
  let isWaiting = false

  /** Reloads if an update waits and nobody is busy. Never rejects: a doubt means not now. */
  async function tryNow(): Promise<void> {
    if (!isWaiting) return
    try {
      if (await isBusy()) return
      isWaiting = false
      reload()
    } catch (error) {
      console.warn('not updated now', error)
    }
  }

  return {
    /** The browser has a new version ready. */
    async offer(): Promise<void> {
      isWaiting = true
      await tryNow()
    },
    tryNow,
  }
}
