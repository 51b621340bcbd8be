import { type Box, type FrameView, viewInto } from './frame-view'
import { isFrame, outerElement } from './tree'

const SHOWN_MS = 2_000
/** Between the element and its outline. CSS px. */
const GAP = 4
const KEY = Symbol.for('wince.outline')

type Keeper = typeof globalThis & { [KEY]?: (() => void) | undefined }

/** Brings an element into view and outlines it for two seconds. Gives its box in the top viewport. */
export function showFound(element: Element): Box {
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
  const keeper = globalThis as Keeper
  keeper[KEY]?.()
  keeper[KEY] = outline(element)
  return boxInTop(element)
}

/**
 * An outline in a closed root of its own: nothing of the page is changed, no pointer and no key
 * ever reaches it, and it goes by itself. Returns the way to take it off sooner.
 */
function outline(element: Element): () => void {
  const { ownerDocument: document } = element
  const host = document.createElement('div')
  const ring = document.createElement('div')
  host.attachShadow({ mode: 'closed' }).append(ring)
  host.inert = true
  host.ariaHidden = 'true'
  host.style.cssText = 'all:initial!important;display:contents!important'
  ring.style.cssText =
    'position:fixed;pointer-events:none;box-sizing:border-box;z-index:2147483647;border:3px solid #a3123f;border-radius:6px;box-shadow:0 0 0 3px #fff,0 0 0 5px #14181a'
  document.documentElement.append(host)

  let handle = 0
  const follow = () => {
    const { x, y, width, height } = element.getBoundingClientRect()
    ring.style.left = `${x - GAP}px`
    ring.style.top = `${y - GAP}px`
    ring.style.width = `${width + 2 * GAP}px`
    ring.style.height = `${height + 2 * GAP}px`
    handle = requestAnimationFrame(follow)
  }
  follow()
  const remove = () => {
    clearTimeout(timer)
    cancelAnimationFrame(handle)
    host.remove()
  }
  const timer = setTimeout(remove, SHOWN_MS)
  return remove
}

/** An element's box in CSS px of the top viewport; of the frame's own where a frame lies turned. */
function boxInTop(element: Element): Box {
  const { x, y, width, height } = element.getBoundingClientRect()
  const view = viewOf(element.ownerDocument)
  return [
    view.x + x * view.scaleX,
    view.y + y * view.scaleY,
    width * view.scaleX,
    height * view.scaleY,
  ]
}

function viewOf({ documentElement, defaultView }: Document): FrameView {
  const plain: FrameView = {
    x: 0,
    y: 0,
    scaleX: 1,
    scaleY: 1,
    clip: [0, 0, defaultView?.innerWidth ?? 0, defaultView?.innerHeight ?? 0],
  }
  const frame = documentElement && outerElement(documentElement)
  return frame && isFrame(frame) ? (viewInto(frame, viewOf(frame.ownerDocument)) ?? plain) : plain
}
