import type { Point } from './geometry'

/** How far a key moves something, in px of the picture's space; with Alt, as near as can be. */
const FAR = 8
const NEAR = 1

const WAYS: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Where an arrow key moves something; null for other keys. */
export function byOf(event: KeyboardEvent): Point | null {
  const way = WAYS[event.key]
  if (way === undefined || event.ctrlKey || event.metaKey) return null
  const step = event.altKey ? NEAR : FAR
  return [way[0] * step, way[1] * step]
}
