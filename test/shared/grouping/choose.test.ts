import { expect, test } from 'vitest'

import { noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'
import type { Anchor } from '#shared/anchor'

import { MemoryRegister } from '../../bench/grouping/memory-register'
import { pagePlace } from '../../support/ops'

function noteAt(route: string, words: string, anchor: Anchor | null = null) {
  const features = noteFeaturesOf({
    mood: 'embarrassed',
    kind: 'broken',
    service: 'desk',
    place: pagePlace({ route, anchor }),
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

test('one word in common is enough for a note of three, and for none that says more', () => {
  const register = new MemoryRegister(() => ({ ...WEIGHTS, join: 0.1 }))
  const first = register.place(noteAt('/printing', 'The printer burns paper.'))

  const short = register.place(noteAt('/hall', 'Printer smells odd.'))
  const long = register.place(
    noteAt('/desk', 'The printer needs a badge that nobody ever gave me.'),
  )

  expect(short.entry).toBe(first.entry)
  expect(long.entry).not.toBe(first.entry)
})

test('the same element on another page joins nothing that it shares no word with', () => {
  const register = new MemoryRegister(() => ({ ...WEIGHTS, join: 0.1 }))
  const anchor = {
    role: 'button',
    name: 'Search',
    selectors: [{ kind: 'structure' as const, path: ['header > button'] }],
  }
  const first = register.place(noteAt('/printing', 'The printer burns paper.', anchor))

  const strange = register.place(noteAt('/badges', 'My badge opens no door.', anchor))
  const alike = register.place(noteAt('/paper', 'Wrong paper for everybody at night.', anchor))

  expect(strange.entry).not.toBe(first.entry)
  expect(alike.entry).toBe(first.entry)
})
