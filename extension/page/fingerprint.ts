/** What must be the same before and after a shot for its boxes to be trusted. */
export interface Fingerprint {
  /** A digest: the address itself may hold secrets and stays in the page. */
  address: string
  frames: string
  scrollX: number
  scrollY: number
  width: number
  height: number
  /** Device px per CSS px, page zoom included. */
  ratio: number
  scale: number
  offsetX: number
  offsetY: number
}

/** @param frames digest of the frames that were met, and where they lie */
export function fingerprint(top: Window, frames: string): Fingerprint {
  const { visualViewport } = top
  return {
    address: digest(top.location.href),
    frames,
    scrollX: top.scrollX,
    scrollY: top.scrollY,
    width: top.innerWidth,
    height: top.innerHeight,
    ratio: top.devicePixelRatio,
    scale: visualViewport?.scale ?? 1,
    offsetX: visualViewport?.offsetLeft ?? 0,
    offsetY: visualViewport?.offsetTop ?? 0,
  }
}

/** 53 bits of FNV-1a's kind, in hex: enough to notice a change, not meant against forgery. */
export function digest(text: string): string {
  let low = 0x811c9dc5
  let high = 0x1234567
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
    high ^= high >>> 13
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0')
}
