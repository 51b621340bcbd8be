import { browser } from '#imports'

/** The command in the manifest whose key keeps a moment. */
export const MOMENT_COMMAND = 'note-moment'

/** What the browser does not do with keys, for whoever chooses one; null where it does all. */
export const KEY_LIMIT: string | null = import.meta.env.FIREFOX
  ? 'Choose one with Ctrl: Firefox hands no key with Alt in it to extensions.'
  : null

/** The key that the browser really assigned, as one reads it: `Alt Shift S`; empty where it assigned none. */
export async function findShortcut(): Promise<string> {
  const commands = await browser.commands.getAll()
  const shortcut = commands.find(({ name }) => name === MOMENT_COMMAND)?.shortcut ?? ''
  return shortcut.replaceAll('+', ' ')
}

/** The browser's own page for keys, where an extension may open it. */
function shortcutPage(): string | null {
  return import.meta.env.FIREFOX ? null : 'chrome://extensions/shortcuts'
}

/** Opens the place where the key can be changed. */
export async function openShortcutPage(): Promise<void> {
  const address = shortcutPage()
  if (address === null) {
    // Firefox 137 has its own call for it; about:addons cannot be opened by an extension.
    await (
      browser.commands as unknown as { openShortcutSettings(): Promise<void> }
    ).openShortcutSettings()
    return
  }
  await browser.tabs.create({ url: address })
}
