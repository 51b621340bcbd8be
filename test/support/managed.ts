import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { extensionFolder } from './chromium'

/** Where Debian's Chromium looks for what an organisation set. */
const POLICIES = '/etc/chromium/policies/managed'

/** The extension in a folder of its own, so that what is set for it rules nobody else's test. */
export interface ManagedExtension {
  folder: string
  /** Sets something else; the browser hears of it some seconds later. */
  set(settings: Record<string, unknown>): void
  remove(): void
}

/** Sets the extension's managed storage as an organisation does: by a policy file of the browser. */
export function manageExtension(settings: Record<string, unknown>): ManagedExtension {
  const folder = mkdtempSync(join(tmpdir(), 'wince-managed-'))
  cpSync(extensionFolder, folder, { recursive: true })
  const id = unpackedId(folder)
  const file = join(POLICIES, `wince-${id}.json`)
  mkdirSync(POLICIES, { recursive: true })
  const set = (next: Record<string, unknown>) =>
    writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [id]: next } } }))
  set(settings)
  return {
    folder,
    set,
    remove() {
      rmSync(file)
      rmSync(folder, { recursive: true })
    },
  }
}

/** The id that Chromium gives an unpacked extension: the first half of its path's SHA-256 in a–p. */
function unpackedId(folder: string): string {
  const hex = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  return hex.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
}
