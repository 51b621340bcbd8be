import { findSensitive } from '#shared/sensitive'

/** Why an element is covered: what it shows is data, or it cannot be looked into. */
export type Cover = 'covered' | 'uninspected'

/** Pictures up to about this size are icons (DECISIONS 4). CSS px. */
const ICON_SIDE = 96

/** What sites mark as private for session recorders; honoured here too. */
const MARKERS = [
  '[data-private]',
  '.fs-mask, .fs-exclude',
  '[data-hj-suppress], [data-hj-masked]',
  '[data-dd-privacy="mask"], [data-dd-privacy="hidden"], .dd-privacy-mask, .dd-privacy-hidden',
  '.rr-mask, .rr-block, [data-rr-mask]',
  '.sentry-mask, .sentry-block, [data-sentry-mask], [data-sentry-block]',
  '.ph-no-capture, .ph-mask, .amp-mask, .amp-block, .data-private',
  '[data-clarity-mask], [data-sl="mask"], [data-sl="exclude"], [data-heap-redact-text], [data-matomo-mask]',
  '[data-recording-sensitive], [data-recording-disable], [data-sensitive], .smartlook-hide, .mouseflow-hide',
].join(',')

/** Roles of which the content is typed, chosen or computed: values. */
const VALUE_ROLES = /^(?:textbox|searchbox|combobox|spinbutton|listbox|slider)$/
const CHOICE_ROLES = /^(?:checkbox|radio|switch)$/
/** Their words are labels, not values; a label that holds a pattern is covered all the same. */
const LABELLED_INPUTS = /^(?:submit|reset|button)$/
const BLACK_BOXES = /^(?:canvas|video|object|embed|applet|fencedframe|portal|webview)$/

/** What an element itself needs, whatever is inside it. Frames are the walker's business. */
export function coverOf(element: Element, style: CSSStyleDeclaration): Cover | undefined {
  const tag = element.localName
  if (BLACK_BOXES.test(tag)) return 'uninspected'
  if (isControl(element, tag) || element.matches(MARKERS)) return 'covered'
  if (isLargePicture(element, tag, style)) return 'covered'
  const alt = tag === 'img' ? element.getAttribute('alt') : null
  return alt && findSensitive(alt).length > 0 ? 'covered' : undefined
}

function isControl(element: Element, tag: string): boolean {
  if (tag === 'input') {
    const { type, value } = element as HTMLInputElement
    return type !== 'hidden' && !(LABELLED_INPUTS.test(type) && findSensitive(value).length === 0)
  }
  if (tag === 'textarea' || tag === 'select' || tag === 'output') return true
  const editable = element.getAttribute('contenteditable')
  if (editable !== null && editable.toLowerCase() !== 'false') return true
  const role = element.getAttribute('role')?.trim().toLowerCase() ?? ''
  return VALUE_ROLES.test(role) || CHOICE_ROLES.test(role)
}

function isLargePicture(element: Element, tag: string, style: CSSStyleDeclaration): boolean {
  const isPicture =
    tag === 'img' || (tag === 'svg' && element.parentElement?.closest('svg') == null)
  // A page's own background is decoration; covering it would cover every page whole.
  const isBackground = style.backgroundImage.includes('url(') && tag !== 'html' && tag !== 'body'
  return (isPicture || isBackground) && isLarge(element)
}

function isLarge(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect()
  return width * height > ICON_SIDE * ICON_SIDE
}

/**
 * What text or picture that CSS alone puts before or after an element needs. It has no box that
 * can be measured: `inside` means that it lies in the element's box, `anywhere` that it may not.
 */
export function pseudoCoverOf(element: Element, view: Window): 'inside' | 'anywhere' | undefined {
  for (const pseudo of ['::before', '::after']) {
    const style = view.getComputedStyle(element, pseudo)
    const { content } = style
    if (content === 'none' || content === 'normal' || content === '') continue
    const hasPicture =
      (content.includes('url(') || style.backgroundImage.includes('url(')) && isLarge(element)
    if (!hasPicture && !holdsPattern(element, content)) continue
    const stays =
      style.position === 'static' && style.transform === 'none' && style.float === 'none'
    return stays ? 'inside' : 'anywhere'
  }
  return undefined
}

function holdsPattern(element: Element, content: string): boolean {
  const words = content.replace(
    /attr\(\s*([\w-]+)[^)]*\)/g,
    (_, name: string) => element.getAttribute(name) ?? '',
  )
  return findSensitive(words.replaceAll(/["']/g, '')).length > 0
}
