import { findSensitive } from './sensitive'

import type { CoverKind } from './cover'

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

/**
 * Whatever is not read like any other element, told by the browser in one go. What a style makes of
 * an element is not among it: a picture behind it, and what is put before and after it.
 */
export const NOTABLE = [
  'input, textarea, select, output, [contenteditable], img, svg',
  'canvas, video, object, embed, applet, fencedframe, portal, webview, iframe, frame',
  'br, slot, script, style, template, noscript, head',
  ...'textbox searchbox combobox spinbutton listbox slider checkbox radio switch'
    .split(' ')
    .map((role) => `[role*="${role}" i]`),
  MARKERS,
].join(',')

/** What an element itself needs, whatever is inside it. Frames are the walker's business. */
export function coverOf(element: Element, style: CSSStyleDeclaration): CoverKind | undefined {
  const tag = element.localName
  if (BLACK_BOXES.test(tag)) return 'uninspected'
  if (isControl(element, tag)) return 'field'
  if (element.matches(MARKERS)) return 'marked'
  if (isLargePicture(element, tag, style)) return 'picture'
  const alt = tag === 'img' ? element.getAttribute('alt') : null
  return alt && findSensitive(alt).length > 0 ? 'picture' : undefined
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

/** What CSS alone puts before or after an element, where that needs a cover. */
interface PseudoCover {
  kind: 'picture' | 'pattern'
  label: string | null
  /** It has no box that can be measured; true where it lies in the element's own. */
  isInside: boolean
}

/** What text or picture that CSS alone puts before or after an element needs. */
export function pseudoCoverOf(element: Element, view: Window): PseudoCover | undefined {
  for (const pseudo of ['::before', '::after']) {
    const style = view.getComputedStyle(element, pseudo)
    const { content } = style
    if (content === 'none' || content === 'normal' || content === '') continue
    const hasPicture =
      (content.includes('url(') || style.backgroundImage.includes('url(')) && isLarge(element)
    const pattern = patternIn(element, content)
    if (!hasPicture && pattern === null) continue
    const isInside =
      style.position === 'static' && style.transform === 'none' && style.float === 'none'
    return { kind: hasPicture ? 'picture' : 'pattern', label: pattern, isInside }
  }
  return undefined
}

function patternIn(element: Element, content: string): string | null {
  const words = content.replace(
    /attr\(\s*([\w-]+)[^)]*\)/g,
    (_, name: string) => element.getAttribute(name) ?? '',
  )
  return findSensitive(words.replaceAll(/["']/g, ''))[0]?.what ?? null
}
