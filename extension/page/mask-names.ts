import { accessibleName, keptName } from './accessible-name'
import type { PageCover } from './cover'
import { isInsideRow } from './role'
import { withoutTyped } from './typed'

/** Names are a comfort: a field that is not reached by then is listed without one, in ms. */
const BUDGET_MS = 50

/**
 * Gives covered fields the names that a list may show and a disk may keep, by the rules of
 * `describe.ts`: nothing typed, patterns as placeholders, none in rows where names are withheld.
 */
export function nameFields(
  fields: readonly (readonly [PageCover, Element])[],
  withholdNames: boolean,
  now: () => number = () => performance.now(),
): void {
  const end = now() + BUDGET_MS
  const byRoot = new Map<Node, { cover: PageCover; element: Element; name: string }[]>()
  for (const [cover, element] of fields) {
    if (now() > end) break
    const name = withholdNames && isInsideRow(element) ? '' : accessibleName(element)
    if (name === '') continue
    const root = element.getRootNode()
    const others = byRoot.get(root)
    if (others) others.push({ cover, element, name })
    else byRoot.set(root, [{ cover, element, name }])
  }
  for (const named of byRoot.values()) {
    const [first] = named
    if (!first) continue
    // In one go: what was typed is looked for in every field around. A name is one line.
    const names = withoutTyped(named.map(({ name }) => name).join('\n'), first.element).split('\n')
    if (names.length !== named.length) continue
    for (const [index, { cover }] of named.entries()) cover.label = keptName(names[index] ?? '')
  }
}
