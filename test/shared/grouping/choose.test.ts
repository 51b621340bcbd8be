import { expect, test } from 'vitest'

import { noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'

import { MemoryRegister } from '../../bench/grouping/memory-register'
import { pagePlace } from '../../support/ops'

function noteAt(route: string, words: string) {
  const features = noteFeaturesOf({
    mood: 'embarrassed',
    kind: 'broken',
    service: 'desk',
    place: pagePlace({ route, anchor: null }),
    words,
    expected: null,
    walk: null,
    person: null,
    at: 0,
  })
  return { id: route, group: '', unit: '', features }
}

test('in a register with one entry a note of the next page that shares no word with it does not join', () => {
  const register = new MemoryRegister(() => WEIGHTS)
  const first = register.place(noteAt('/printing', 'The printer burns paper.'))

  const next = register.place(noteAt('/badges', 'My badge opens no door.'))

  expect(next.entry).not.toBe(first.entry)
})

test('two words in common are enough for it to join', () => {
  const register = new MemoryRegister(() => WEIGHTS)
  const first = register.place(noteAt('/printing', 'The printer burns paper.'))

  const next = register.place(noteAt('/paper', 'The printer burns paper all day.'))

  expect(next.entry).toBe(first.entry)
})
