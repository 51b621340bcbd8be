import type { PageCover } from '../../../extension/page/cover'
import type { OpenShot } from '../../../extension/picture/open-shots'

export const COVERS: PageCover[] = [
  { kind: 'pattern', label: 'email', boxes: [[486, 14, 134, 24]] },
  { kind: 'field', label: 'VLAN segment', boxes: [[44, 178, 252, 30]] },
  { kind: 'field', label: 'Cost centre', boxes: [[44, 254, 252, 30]] },
  { kind: 'uninspected', label: 'canvas', boxes: [[344, 254, 252, 30]] },
]

/** A bitmap that only remembers whether it was closed: what it shows is the browser tests' business. */
export function bitmapOf(width: number, height: number): ImageBitmap & { isClosed(): boolean } {
  let isClosed = false
  return {
    width,
    height,
    close: () => {
      isClosed = true
    },
    isClosed: () => isClosed,
  }
}

/** A shot of a page of which everything is known. */
export function shotOf(change: Partial<OpenShot['plan']> = {}) {
  return {
    bitmap: bitmapOf(640, 400),
    plan: {
      covers: COVERS,
      viewport: { width: 640, height: 400 },
      covered: 3,
      uninspected: 1,
      everythingCovered: false,
      isSure: true,
      ...change,
    },
  }
}
