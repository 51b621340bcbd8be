import { Tile } from '../parts/Tile'
import type { MapNode } from './menu-words'

/** The worst wince at a place, that it was liked, or nothing. */
export function WinceOf({ node: { winces, worst, liked } }: { node: MapNode }) {
  if (winces > 0) return <Tile mood="embarrassed" wince={worst} />
  if (liked > 0) return <Tile mood="liked" wince={null} />
  return <span class="no">–</span>
}
