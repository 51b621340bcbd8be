/**
 * Ways into what `querySelector` does not see: shadow roots, closed ones too, and frames of the
 * same origin. Nothing here throws at a hostile page.
 */

interface ShadowApi {
  dom?: { openOrClosedShadowRoot?(element: Element): ShadowRoot | null }
}
type FirefoxElement = Element & { openOrClosedShadowRoot?: ShadowRoot | null }

/** Elements that may hold a shadow root beside custom ones. @see HTML, `attachShadow` */
const HOSTS =
  /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$|-/

/** The shadow root of an element, open or closed; null where there is none. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot) return element.shadowRoot
  if (!HOSTS.test(element.localName)) return null
  const firefox = (element as FirefoxElement).openOrClosedShadowRoot
  if (firefox !== undefined) return firefox
  const { chrome } = globalThis as { chrome?: ShadowApi }
  try {
    return chrome?.dom?.openOrClosedShadowRoot?.(element) ?? null
  } catch {
    // Chrome throws at elements of some frames; their tree is read without this root.
    return null
  }
}

export type FrameElement = HTMLIFrameElement | HTMLFrameElement

export function isFrame(element: Element): element is FrameElement {
  return element.localName === 'iframe' || element.localName === 'frame'
}

/**
 * The document of a frame, if it can be looked into and is done loading. A frame that shows the
 * first empty page while another origin is on its way to it counts as not to be looked into.
 */
export function documentOf(frame: FrameElement): Document | undefined {
  try {
    const { contentDocument, contentWindow } = frame
    if (!contentDocument || !contentWindow || contentDocument.readyState !== 'complete')
      return undefined
    const isBlank = contentDocument.URL === 'about:blank'
    const wantsMore = frame.src !== '' && !/^(?:about:|javascript:)/i.test(frame.src)
    return isBlank && wantsMore && !frame.hasAttribute('srcdoc') ? undefined : contentDocument
  } catch {
    return undefined
  }
}

/** What is drawn inside an element, in order: its shadow tree, a slot's content, or its children. */
export function drawnChildren(element: Element): Iterable<Node> {
  const root = shadowRootOf(element)
  return root?.childNodes ?? slottedIn(element) ?? element.childNodes
}

/** What was given to a slot; undefined where nothing was, and for what is no slot. */
export function slottedIn(element: Element): Node[] | undefined {
  if (element.localName !== 'slot') return undefined
  const assigned = (element as HTMLSlotElement).assignedNodes({ flatten: true })
  return assigned.length > 0 ? assigned : undefined
}

/** The element around this one, through shadow roots and out of frames of the same origin. */
export function outerElement(element: Element): Element | null {
  if (element.parentElement) return element.parentElement
  const root = element.getRootNode()
  if (isShadowRoot(root)) return root.host
  try {
    return element.ownerDocument.defaultView?.frameElement ?? null
  } catch {
    return null
  }
}

/** By shape: an object of another frame is no instance of this frame's ShadowRoot. */
export function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === 11 && 'host' in node
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1
}

/** CDATA of an XHTML page is text as well. */
export function isText(node: Node): node is Text {
  return node.nodeType === 3 || node.nodeType === 4
}
