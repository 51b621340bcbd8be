import { expect, test } from 'vitest'

import { TAG_WORDS } from '#shared/contact'

import {
  CHANNEL_KEYS,
  OWED_KEY,
  REACTION_KEYS,
  SOLVED_KEYS,
  TAG_KEYS,
  TREATED_KEYS,
  changeOfKey,
} from '../../../extension/shift/card-keys'
import { CONTACT } from './contact-support'

const BLANK = { ...CONTACT, solved: null, treatedWell: null, reaction: null }

test('no key says two things, and none is the key of Undo', () => {
  const keys = [CHANNEL_KEYS, SOLVED_KEYS, TREATED_KEYS, REACTION_KEYS, TAG_KEYS].flatMap((each) =>
    Object.values<string>(each),
  )

  expect(new Set([...keys, OWED_KEY, 'Z']).size).toBe(keys.length + 2)
})

test('a tag’s key is a letter of its words', () => {
  for (const [tag, key] of Object.entries(TAG_KEYS))
    expect(TAG_WORDS[tag as keyof typeof TAG_WORDS].toUpperCase()).toContain(key)
})

test.each([
  ['l', { solved: 'later' }],
  ['G', { treatedWell: 'yes' }],
  ['1', { reaction: -2 }],
  ['5', { reaction: 2 }],
  ['k', { channel: 'desk' }],
  ['+', { screens: 1 }],
  ['=', { screens: 1 }],
  ['s', { tags: ['locked'] }],
  ['x', { tags: ['exception'], exception: { words: '', way: null } }],
  ['q', null],
  ['6', null],
] as const)('%s says %o', (key, change) => {
  expect(changeOfKey(key, BLANK)).toEqual(change)
})

test('pressed again it takes back what it said; no screens and fewer are not known', () => {
  expect(changeOfKey('y', { ...BLANK, solved: 'yes' })).toEqual({ solved: null })
  expect(changeOfKey('s', { ...BLANK, tags: ['locked', 'free'] })).toEqual({ tags: ['free'] })
  expect(changeOfKey('-', { ...BLANK, screens: 1 })).toEqual({ screens: 0 })
  expect(changeOfKey('-', { ...BLANK, screens: 0 })).toEqual({ screens: null })
})
