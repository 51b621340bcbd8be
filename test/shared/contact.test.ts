import { describe, expect, test } from 'vitest'

import { type Contact, noteOfContact } from '#shared/contact'

const contact: Contact = {
  channel: 'phone',
  need: 'I can’t see my rota since the update.',
  service: null,
  solved: 'yes',
  treatedWell: 'yes',
  reaction: 1,
  screens: 4,
  tags: [],
  exception: null,
}

describe('a contact', () => {
  test('that was served well is no note', () => {
    expect(noteOfContact(contact, false)).toBeNull()
    expect(noteOfContact({ ...contact, reaction: 0, solved: 'later' }, false)).toBeNull()
  })

  test.each([
    ['was not solved', { solved: 'no' }, { kind: null, money: null }],
    ['was not treated well', { treatedWell: 'no' }, { kind: 'tone', money: null }],
    ['left upset', { reaction: -1 }, { kind: null, money: null }],
    [
      'met a system that would not let them',
      { tags: ['locked', 'free'] },
      { kind: 'locked', money: 'free' },
    ],
    ['met a broken process', { tags: ['broken-process'] }, { kind: 'broken', money: null }],
  ] as const)('that %s is a note in the customer’s words', (_why, change, marks) => {
    expect(noteOfContact({ ...contact, ...change } as Contact, false)).toEqual({
      ...marks,
      words: contact.need,
    })
  })

  test('without words is a note only where an answer is owed', () => {
    const silent: Contact = { ...contact, need: ' ', tags: ['chaotic'] }
    expect(noteOfContact(silent, false)).toBeNull()
    expect(noteOfContact(silent, true)).toEqual({ kind: null, money: null, words: '' })
  })

  test('that was an exception says the rule that did not fit', () => {
    const exception = { words: 'Loans end on the day a contract does.', way: 'improve' } as const
    const told = noteOfContact({ ...contact, tags: ['exception'], exception }, false)
    expect(told?.words).toBe(`${contact.need}\n${exception.words}`)
  })
})
