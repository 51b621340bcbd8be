import type { Trail } from './trail-port'

interface History {
  currentEntry?: { index: number } | null
  addEventListener(
    type: 'currententrychange',
    listener: (event: { navigationType: string | null; from?: { index: number } }) => void,
    options: { signal: AbortSignal },
  ): void
}

const POLL_MS = 700

/**
 * Notices that a page became another one by script, and whether that was a step back, without
 * touching its history functions. Where there is no Navigation API the address is looked at.
 */
export function watchRoutes(trail: Trail, onRoute: () => void): void {
  const { window, signal } = trail
  const { navigation } = window as { navigation?: History }
  if (navigation) {
    navigation.addEventListener(
      'currententrychange',
      ({ navigationType, from }) => {
        const isBack =
          navigationType === 'traverse' &&
          (navigation.currentEntry?.index ?? 0) < (from?.index ?? 0)
        if (isBack) trail.send({ kind: 'back', at: Date.now() })
        onRoute()
      },
      { signal },
    )
    return
  }
  let href = window.location.href
  const look = (isBack: boolean) => {
    if (window.location.href === href) return
    href = window.location.href
    if (isBack) trail.send({ kind: 'back', at: Date.now() })
    onRoute()
  }
  window.addEventListener('popstate', () => look(true), { signal })
  const timer = window.setInterval(() => look(false), POLL_MS)
  signal.addEventListener('abort', () => window.clearInterval(timer))
}
