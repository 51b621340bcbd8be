import type { Secret } from './secrets'

/**
 * One place in a page that holds a text. `s` marks what is measured: the text itself, or the
 * thing that is covered whole. `inner` documents are served under `/inner/<name>`.
 */
export interface Container {
  name: string
  /** @param partner another origin that it may take a frame from */
  html(secrets: readonly Secret[], partner: string): string
  /** What a frame of this container shows, from this origin or another. */
  inner?(secrets: readonly Secret[]): string
}

export const each = (secrets: readonly Secret[], draw: (text: string, index: number) => string) =>
  secrets.map(({ text }, index) => draw(text, index)).join('\n')
export const lines = (secrets: readonly Secret[]) =>
  each(secrets, (text) => `<p><span class="s">${text}</span></p>`)
export const attribute = (text: string) => text.replaceAll('"', '&quot;')
export const svgUrl = (text: string) =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><text y="25">${text}</text></svg>`).toString('base64')}`
