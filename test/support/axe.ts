import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * No serious or critical finding, in light and in dark.
 *
 * The source is evaluated by the debugger, which no Content-Security-Policy
 * stops; a script tag would be refused by our own.
 */
export async function expectAxeClean(page: Page): Promise<void> {
  // A button in the middle of its fade from one scheme to the other has the colours of neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map((each) => each.finished)),
    )
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<AxeResults>(
      'axe.run(document, { resultTypes: ["violations"] })',
    )
    const findings = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${id} (${help}) at ${target.join(' ')}`),
      )
    expect(findings.join('\n'), `axe on ${page.url()} in ${colorScheme}`).toBe('')
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
}
