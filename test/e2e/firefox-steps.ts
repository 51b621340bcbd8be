import type { LaunchedFirefox } from '../support/firefox'
import { waitFor } from '../support/wait-for'

/** The panel in Firefox's sidebar, which no driver lists among its pages. */
export interface Sidebar {
  /** Clicks the button, label or summary whose name starts so, once it is there and awake. */
  press(name: string): Promise<void>
  /** Puts words into the field. */
  type(selector: string, words: string): Promise<void>
  /** All words on the screen. */
  read(): Promise<string>
  /** Waits until the screen says so. */
  waitToRead(words: string | RegExp): Promise<void>
}

export async function openSidebar(firefox: LaunchedFirefox): Promise<Sidebar> {
  await firefox.clickAction()
  await waitFor(() => firefox.sidebarUrl(), 'the sidebar')
  const read = () => firefox.inSidebar<string>('return document.body.innerText')
  return {
    read,
    press: async (name) => {
      await waitFor(
        async () =>
          (await firefox.clickInSidebar(`
            return [...document.querySelectorAll('button, label, summary')].find((each) =>
              each.ariaDisabled !== 'true' &&
              (each.ariaLabel ?? each.textContent).trim().startsWith(${JSON.stringify(name)}))`)) ||
          undefined,
        `“${name}” in the sidebar`,
      )
    },
    type: async (selector, words) => {
      await waitFor(
        () =>
          firefox.inSidebar<boolean | undefined>(`
            const field = document.querySelector(${JSON.stringify(selector)})
            if (!field) return undefined
            field.focus()
            field.value = ${JSON.stringify(words)}
            field.dispatchEvent(new window.InputEvent('input', { bubbles: true }))
            return true`),
        `the field ${selector}`,
      )
    },
    waitToRead: async (words) => {
      let last = ''
      await waitFor(async () => {
        last = await read()
        return (typeof words === 'string' ? last.includes(words) : words.test(last)) || undefined
      }, `the sidebar to say ${words}`).catch((error: unknown) => {
        throw new Error(`${String(error)}; it says: ${last}`)
      })
    },
  }
}
