import { isShadowRoot, outerElement } from './tree'

/** Shorter than this, a typed word is everywhere and means nothing. */
const TYPED_MIN_LENGTH = 3
const TYPED_MAX = 60
/** So long after a change of the document it is looked through again. */
const READY_MS = 300
const TEXT_TYPES = /^(?:text|search|email|tel|url|number|password|date)$/
const SEARCH_PARAMETERS =
  /^(?:q|s|p|k|query|search|searchtext|search_query|term|terms|text|keyword|keywords|name|find|filter|sysparm_search|searchterm)$/i

/**
 * A page's own words without those that a customer typed or searched for, which pages like to
 * repeat: "Results for …". Each becomes `:typed`.
 *
 * @param near a node of the text: fields of the trees around it are read, not those of others
 */
export function withoutTyped(text: string, near: Node): string {
  let result = text
  if (text !== '') for (const typed of typedAround(near)) result = withoutWords(result, typed)
  return result
}

function typedAround(near: Node): string[] {
  const typed = new Set<string>()
  for (const root of rootsAround(near)) {
    for (const field of fieldsOf(root).slice(0, TYPED_MAX))
      typed.add('value' in field ? String(field.value) : (field.textContent ?? ''))
    if (!('location' in root)) continue
    for (const [name, value] of parametersOf(root.location)) {
      if (SEARCH_PARAMETERS.test(name) || /\s/.test(value.trim()) || value.length >= 24)
        typed.add(value)
    }
  }
  return Array.from(typed, (value) => value.replace(/\s+/g, ' ').trim())
    .filter((value) => value.length >= TYPED_MIN_LENGTH && value.length <= 2_000)
    .toSorted((one, other) => other.length - one.length)
    .slice(0, TYPED_MAX)
}

/**
 * Asked at every click: one selector for all of them takes milliseconds on a large page, whereas
 * browsers keep what has a tag until the page changes.
 */
function fieldsOf(root: Document | ShadowRoot): Element[] {
  const tagged = (tag: 'input' | 'textarea') =>
    Array.from<HTMLInputElement | HTMLTextAreaElement>(
      'getElementsByTagName' in root ? root.getElementsByTagName(tag) : root.querySelectorAll(tag),
    )
  return [
    ...tagged('textarea'),
    ...editablesOf(root),
    ...tagged('input').filter(({ type }) => TEXT_TYPES.test(type)),
  ]
}

type Root = Document | ShadowRoot

/** Of documents that are watched for it: what may be edited in them; null once they changed. */
const editables = new WeakMap<Root, Element[] | null>()

function editablesOf(root: Root): Element[] {
  const ready = editables.get(root)
  if (ready) return ready
  const found = Array.from(root.querySelectorAll('[contenteditable]')).filter(
    (each) => each.getAttribute('contenteditable')?.toLowerCase() !== 'false',
  )
  if (editables.has(root)) editables.set(root, found)
  return found
}

/**
 * Looks for what may be edited after a document has changed, so that no click waits for it: of
 * all that a click asks for, this takes longest on a large page.
 */
export function keepTypedReady(document: Document, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const lookSoon = () => {
    editables.set(document, null)
    timer ??= setTimeout(() => {
      timer = undefined
      editablesOf(document)
    }, READY_MS)
  }
  const observer = new MutationObserver(lookSoon)
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['contenteditable'],
  })
  lookSoon()
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
    editables.delete(document)
  })
}

/** The shadow roots and documents that a node is in, out to the top. */
function rootsAround(near: Node): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = []
  let root = near.getRootNode() as Document | ShadowRoot
  for (let depth = 0; depth < 12; depth += 1) {
    roots.push(root)
    const outer = isShadowRoot(root)
      ? root.host
      : root.documentElement && outerElement(root.documentElement)
    if (!outer) break
    root = outer.getRootNode() as Document | ShadowRoot
  }
  return roots
}

function parametersOf(location: Location): Iterable<[string, string]> {
  const { search, hash } = location
  const inHash = hash.includes('?') ? hash.slice(hash.indexOf('?')) : hash.slice(1)
  return [...new URLSearchParams(search), ...new URLSearchParams(inHash)].slice(0, TYPED_MAX)
}

/** Whole words only, whatever their case: "net" leaves "network" alone. */
function withoutWords(text: string, typed: string): string {
  const lower = text.toLowerCase()
  const sought = typed.toLowerCase()
  let result = ''
  let done = 0
  // Where lower case changes the length, positions would lie.
  if (lower.length !== text.length) return lower.includes(sought) ? ':typed' : text
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + sought.length)) {
    const end = at + sought.length
    if (isWordCharacter(text[at - 1]) || isWordCharacter(text[end])) continue
    result += `${text.slice(done, at)}:typed`
    done = end
  }
  return result + text.slice(done)
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
