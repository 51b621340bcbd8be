import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { OpenShotsModel } from '../../../extension/picture/open-shots'
import { shotOf } from './shots'

const SHA256 = 'a'.repeat(64)
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('one shot is held at a time: the next one closes it', () => {
  const shots = new OpenShotsModel()
  const [first, second] = [shotOf(), shotOf()]
  shots.hold('one', SHA256, first)

  shots.hold('other', SHA256, second)

  expect(first.bitmap.isClosed()).toBe(true)
  expect(second.bitmap.isClosed()).toBe(false)
  expect(shots.held.value).toMatchObject({ noteId: 'other' })
})

test('a shot is let go for its own note, and for no other', () => {
  const shots = new OpenShotsModel()
  const shot = shotOf()
  shots.hold('one', SHA256, shot)

  shots.letGo('other')
  expect(shot.bitmap.isClosed()).toBe(false)
  shots.letGo('one')

  expect(shot.bitmap.isClosed()).toBe(true)
  expect(shots.held.value).toBeNull()
})

test('nothing is held longer than ten minutes, and not beyond its panel', () => {
  const shots = new OpenShotsModel()
  const [first, second] = [shotOf(), shotOf()]
  shots.hold('one', SHA256, first)

  vi.advanceTimersByTime(10 * 60_000 - 1)
  expect(first.bitmap.isClosed()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(first.bitmap.isClosed()).toBe(true)

  shots.hold('other', SHA256, second)
  shots[Symbol.dispose]()
  expect(second.bitmap.isClosed()).toBe(true)
})
