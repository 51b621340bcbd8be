import type { Page } from 'playwright-core'
import { expect } from 'vitest'

import type { KeptNote } from '../../extension/storage/database'
import type { Box } from './portal/truth'

/** Presses Tab, or with `back` Shift+Tab, until a button has the focus. */
export async function tabTo(panel: Page, name: string | RegExp, back = false): Promise<void> {
  const button = panel.getByRole('button', {
    name,
    ...(typeof name === 'string' && { exact: true }),
  })
  for (let presses = 0; presses < 60; presses += 1) {
    if (await button.evaluate((each) => each === document.activeElement)) return
    await panel.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`Tab never gets to ${String(name)}`)
}

/** Waits until what has the focus is called like this, or begins so. */
export async function expectFocus(panel: Page, name: string): Promise<void> {
  const focused = () =>
    panel.evaluate(() => {
      const { activeElement } = document
      if (activeElement === null || activeElement === document.body) return 'nothing'
      return (activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '').trim()
    })
  await expect.poll(focused).toContain(name)
}

/** The notes on the disk, with the bytes of their pictures, and how many pictures there are. */
export async function readDisk(
  panel: Page,
): Promise<{ notes: KeptNote[]; pictures: { sha256: string; base64: string }[] }> {
  return panel.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('wince')
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(new Error('not opened')))
    })
    const all = <Row>(store: string) =>
      new Promise<Row[]>((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.addEventListener('success', () => resolve(request.result as Row[]))
        request.addEventListener('error', () => reject(new Error('not read')))
      })
    const notes = await all<KeptNote>('note')
    const pictures = await Promise.all(
      (await all<{ sha256: string; blob: Blob }>('picture')).map(async ({ sha256, blob }) => {
        const bytes = new Uint8Array(await blob.arrayBuffer())
        const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
        return { sha256, base64: btoa(text) }
      }),
    )
    database.close()
    return { notes, pictures }
  })
}

/**
 * How far, at most and at least, a channel of the pixels in each box is from ink, read anew from
 * a picture's bytes. Boxes in px of the picture.
 */
export async function distancesFromInk(
  panel: Page,
  base64: string,
  boxes: Box[],
): Promise<{ most: number; share: number }[]> {
  return panel.evaluate(
    async ([encoded, rects]) => {
      const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      if (!context) throw new Error('no canvas')
      context.drawImage(bitmap, 0, 0)
      const ink = [0x14, 0x18, 0x1a]
      return rects.map(([x, y, width, height]) => {
        const { data } = context.getImageData(x, y, width, height)
        let most = 0
        let far = 0
        for (let at = 0; at < data.length; at += 4) {
          const distance = Math.max(...ink.map((each, of) => Math.abs((data[at + of] ?? 0) - each)))
          most = Math.max(most, distance)
          if (distance > 60) far += 1
        }
        return { most, share: far / (data.length / 4) }
      })
    },
    [base64, boxes] as const,
  )
}

/** A box of the page as whole px inside it of a picture that was cropped, at one px per CSS px. */
export function inPicture([x, y, width, height]: Box, [left, top, wide, high]: Box): Box {
  const [fromX, fromY] = [Math.max(0, Math.ceil(x - left)), Math.max(0, Math.ceil(y - top))]
  const toX = Math.min(wide, Math.floor(x + width - left))
  const toY = Math.min(high, Math.floor(y + height - top))
  expect(toX - fromX, 'the box is in the picture').toBeGreaterThan(0)
  expect(toY - fromY, 'the box is in the picture').toBeGreaterThan(0)
  return [fromX, fromY, toX - fromX, toY - fromY]
}
