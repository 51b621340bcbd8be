import type { DesignNode } from '#shared/menu-design'
import { type MenuNode, isSameName } from '#shared/menu-tree'
import { choiceKey } from '#shared/place-key'

/** A way through a menu, and what stands at its end. */
interface MenuPath {
  path: string[]
  name: string | null
}

/** Where a menu as people meet it is another than the one that was designed. */
export interface MenuDifferences {
  /** Options of the design that no call reached. */
  unreached: MenuPath[]
  /** Ways that calls took and the design does not know. */
  unknown: (MenuPath & { calls: number })[]
  /** Options that callers heard under another name. */
  renamed: (MenuPath & { heard: string })[]
}

/** Compares, branch by branch. Below what the one does not have, everything is new or unreached. */
export function compareMenus(met: MenuNode, designed: DesignNode): MenuDifferences {
  const differences: MenuDifferences = { unreached: [], unknown: [], renamed: [] }
  compareAt(met, designed, [], differences)
  return differences
}

function compareAt(
  met: MenuNode | undefined,
  designed: DesignNode | undefined,
  path: string[],
  into: MenuDifferences,
): void {
  const name = designed?.name ?? met?.name ?? null
  if (path.length > 0) {
    if (designed !== undefined && (met?.calls ?? 0) === 0) into.unreached.push({ path, name })
    if (designed === undefined && met !== undefined && met.calls > 0)
      into.unknown.push({ path, name, calls: met.calls })
    if (designed?.name != null && met?.name != null && !isSameName(designed.name, met.name))
      into.renamed.push({ path, name, heard: met.name })
  }
  const children = new Map<string, [MenuNode | undefined, DesignNode | undefined]>()
  // In the design's order, and after it what it does not know.
  for (const child of designed?.children ?? [])
    children.set(choiceKey(child.choice ?? ''), [undefined, child])
  for (const child of met?.children ?? []) {
    const key = choiceKey(child.choice ?? '')
    children.set(key, [child, children.get(key)?.[1]])
  }
  for (const [one, other] of children.values())
    compareAt(one, other, [...path, (other ?? one)?.choice ?? ''], into)
}
