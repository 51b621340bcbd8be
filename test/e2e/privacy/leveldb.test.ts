import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { launchChromium } from '../../support/chromium'
import { startCorpusPortal } from './corpus-portal'
import { unpackLevelDb } from './leveldb'

const ROWS = 300

test('what a page puts into its database is read from the files on the disk, packed tables too', async () => {
  const portal = await startCorpusPortal()
  const profile = mkdtempSync(join(tmpdir(), 'wince-leveldb-'))
  const browser = await launchChromium({ profile, headed: false, extension: false })
  const tab = await browser.context.newPage()
  await tab.goto(`${portal.origin}/page/paragraph`)
  await tab.evaluate(async (count) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('rows', 1)
      opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('row'))
      opening.addEventListener('success', () => resolve(opening.result))
    })
    // More than LevelDB keeps in its log before it packs a table.
    for (let row = 0; row < count; row += 1) {
      const transaction = database.transaction('row', 'readwrite')
      const text = `row ${row} begins ${'and goes on '.repeat(1_500)}`
      transaction.objectStore('row').put({ text, wide: `Zeile ☃ ${row} ende` }, row)
      await new Promise((done) => transaction.addEventListener('complete', done))
    }
  }, ROWS)
  await browser.close()
  await portal.stop()
  const folder = join(profile, 'Default/IndexedDB')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  )
  const all = Buffer.concat(
    files.map(({ name, parentPath }) => unpackLevelDb(name, readFileSync(join(parentPath, name)))),
  )
  rmSync(profile, { recursive: true, force: true })

  expect(files.filter(({ name }) => name.endsWith('.ldb')).length).toBeGreaterThan(0)
  for (let row = 0; row < ROWS; row += 1) {
    expect(all.includes(`row ${row} begins`), `row ${row}`).toBe(true)
    expect(all.includes(Buffer.from(`Zeile ☃ ${row} ende`, 'utf16le')), `row ${row}`).toBe(true)
  }
})
