import type { Page } from 'playwright-core'

/** A panel that is used by keys alone. */
export interface Keyboard {
  /** Presses Tab until what has the focus is read as this, `button "Save note`; at most once round. */
  tabTo(wanted: string): Promise<void>
  press(...keys: string[]): Promise<void>
  type(words: string): Promise<void>
  /** What was wrong with stops of the focus on the way: no name, no ring, covered. One a line. */
  troubles(): string
}

/** More than any screen has. */
const MAX_STOPS = 80

export function useKeyboard(panel: Page): Keyboard {
  const troubles = new Set<string>()
  async function readStop(): Promise<string> {
    const focused = await panel.$(':focus')
    // Between the last stop and the first the focus is in the browser's own window.
    if (focused === null) return ''
    const trouble = await focused.evaluate(judgeStop)
    const [line = ''] = (await panel.locator(':focus').ariaSnapshot({ timeout: 5_000 })).split('\n')
    if (!/"|: \S/.test(line)) troubles.add(`${line}: no name`)
    if (trouble !== '') troubles.add(`${line}: ${trouble}`)
    // A name with a colon in it is quoted once more.
    return line.replace(/^- '?/, '')
  }
  return {
    troubles: () => [...troubles].join('\n'),
    press: async (...keys) => {
      for (const key of keys) await panel.keyboard.press(key)
    },
    type: (words) => panel.keyboard.type(words),
    tabTo: async (wanted) => {
      const stops: string[] = []
      for (let count = 0; count < MAX_STOPS; count += 1) {
        await panel.keyboard.press('Tab')
        const stop = await readStop()
        if (stop.startsWith(wanted)) return
        stops.push(stop)
      }
      throw new Error(`Tab never came to ${wanted}, only to ${[...new Set(stops)].join(' | ')}`)
    },
  }
}

/** Runs in the page: the focus has a ring, and nothing lies over what has it (WCAG 2.4.7, 2.4.11). */
async function judgeStop(element: Element): Promise<string> {
  // The browser scrolls to it in the next frame.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  const shown = element.matches('.vh') ? (element.closest('label') ?? element) : element
  const { outlineStyle, outlineWidth } = getComputedStyle(shown)
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return 'no ring'
  const box = shown.getBoundingClientRect()
  const left = Math.max(box.left, 0)
  const top = Math.max(box.top, 0)
  const right = Math.min(box.right, innerWidth)
  const bottom = Math.min(box.bottom, innerHeight)
  if (right <= left || bottom <= top) return 'out of sight'
  const above = [0.1, 0.5, 0.9].map((part) =>
    document.elementFromPoint((left + right) / 2, top + (bottom - top) * part),
  )
  return above.some((each) => each !== null && (shown.contains(each) || each.contains(shown)))
    ? ''
    : `covered by ${above.map((each) => each?.className).join()}`
}
