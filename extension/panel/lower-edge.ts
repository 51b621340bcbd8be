/** What may stick to the lower edge, under the toast. */
const PARTS = '.dock, .beside'

/**
 * Tells the styles how much of the lower edge is taken: `--dock` and `--over`, in px. A dock that
 * scrolls along with a low panel takes nothing. Screens come late and change; each is measured.
 * Returns the way to stop.
 */
export function watchLowerEdge(): () => void {
  const resized = new ResizeObserver(measure)
  const lookAgain = () => {
    resized.disconnect()
    for (const part of document.querySelectorAll(PARTS)) resized.observe(part)
    measure()
  }
  const changed = new MutationObserver((changes) => {
    const isOther = changes.some(({ addedNodes, removedNodes }) =>
      [...addedNodes, ...removedNodes].some(hasPart),
    )
    if (isOther) lookAgain()
  })
  changed.observe(document.body, { childList: true, subtree: true })
  lookAgain()
  return () => {
    changed.disconnect()
    resized.disconnect()
  }
}

function measure(): void {
  const { style } = document.documentElement
  const parts = [...document.querySelectorAll<HTMLElement>(PARTS)]
  const taken = parts.filter((part) => getComputedStyle(part).position !== 'static')
  style.setProperty('--dock', `${sumOfHeights(parts.filter((part) => part.matches('.dock')))}px`)
  style.setProperty('--over', `${sumOfHeights(taken)}px`)
}

function sumOfHeights(parts: readonly HTMLElement[]): number {
  return parts.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0)
}

function hasPart(node: Node): boolean {
  return node instanceof Element && (node.matches(PARTS) || node.querySelector(PARTS) !== null)
}
