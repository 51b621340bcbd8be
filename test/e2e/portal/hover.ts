import type { Page } from 'playwright-core'

/** Into a closed root, where no selector goes: by what the fixture hands out. */
export async function hoverInClosed(page: Page, host: string, selector: string): Promise<void> {
  const [x, y] = await page.evaluate(
    ([name, inner]) => {
      const { roots } = globalThis as unknown as { roots: Record<string, ShadowRoot> }
      const box = roots[name ?? '']?.querySelector(inner ?? '')?.getBoundingClientRect()
      return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
    },
    [host, selector],
  )
  await page.mouse.move(x ?? 0, y ?? 0)
}
