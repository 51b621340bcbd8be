import { toPlaceholders } from './sensitive'
import { cutToBytes, toStorableText } from '#shared/text'
import { labelOf } from './describe'
import type { Trail } from './trail-port'
import { withoutTyped } from './typed'

const MESSAGE_MAX_BYTES = 200
const ERRORS_MAX = 40
const ALERTS = '[role="alert"], [role="alertdialog"], [aria-live="assertive"]'
/** Messages quote what was typed: what stands in quotes is not kept. */
const QUOTED = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’|(?<=^|\s)'[^']*'(?=$|[\s.,;:!?])/g

const REASONS: [keyof ValidityState, string][] = [
  ['valueMissing', 'required'],
  ['typeMismatch', 'not in the format asked for'],
  ['patternMismatch', 'not in the format asked for'],
  ['badInput', 'not in the format asked for'],
  ['tooLong', 'too long'],
  ['tooShort', 'too short'],
  ['rangeOverflow', 'too large'],
  ['rangeUnderflow', 'too small'],
  ['stepMismatch', 'not one of the steps'],
  ['customError', 'refused by the page'],
]

/**
 * Messages that tell a customer what is wrong: alerts, fields marked invalid, and the browser's
 * own checks. Of the last only the reason is kept, because their words repeat what was typed.
 */
export function watchErrors(trail: Trail): void {
  const { window, signal, options } = trail
  const told = new Set<string>()
  const tell = (text: string, unique = text) => {
    if (told.has(unique) || told.size >= ERRORS_MAX) return
    told.add(unique)
    trail.send({
      kind: 'error',
      at: Date.now(),
      status: null,
      message: options.withholdNames ? null : text,
    })
  }
  const tellMessage = (element: Element | null | undefined) => {
    const text = element && isShown(element) ? messageOf(element) : ''
    if (text !== '') tell(text)
  }
  const read = (element: Element) => {
    if (element.matches(ALERTS)) tellMessage(element)
    else if (element.getAttribute('aria-invalid') === 'true') tellMessage(explanationOf(element))
  }

  const readAll = (root: ParentNode) => {
    for (const element of root.querySelectorAll(`${ALERTS}, [aria-invalid="true"]`)) read(element)
  }
  readAll(window.document)
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      const element = target.nodeType === 1 ? (target as Element) : target.parentElement
      tellMessage(element?.closest(ALERTS))
      if (element?.getAttribute('aria-invalid') === 'true') read(element)
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue
        read(node as Element)
        readAll(node as Element)
      }
    }
  })
  observer.observe(window.document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['aria-invalid', 'role', 'hidden', 'class', 'style'],
  })
  signal.addEventListener('abort', () => observer.disconnect())

  window.addEventListener(
    'invalid',
    ({ target, isTrusted }) => {
      const field = target as HTMLInputElement
      const reason = REASONS.find(([flag]) => field.validity?.[flag])?.[1]
      if (!isTrusted || reason === undefined) return
      const { name, role } = labelOf(field, options)
      tell(cutToBytes(`${name ?? role}: ${reason}`, MESSAGE_MAX_BYTES))
    },
    { capture: true, passive: true, signal },
  )
}

function explanationOf(field: Element): Element | null {
  const id =
    field.getAttribute('aria-errormessage') ??
    field.getAttribute('aria-describedby')?.split(/\s+/, 1)[0]
  return id ? (field.getRootNode() as Document | ShadowRoot).getElementById(id) : null
}

function messageOf(element: Element): string {
  const text = (element.textContent ?? '')
    .slice(0, 600)
    .replace(QUOTED, '…')
    .replace(/\s+/g, ' ')
    .trim()
  return cutToBytes(
    toStorableText(toPlaceholders(withoutTyped(text, element))),
    MESSAGE_MAX_BYTES,
  ).trim()
}

function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect()
  return width > 1 && height > 1
}
