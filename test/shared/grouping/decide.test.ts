import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Candidate, decide, featuresOf } from '#shared/grouping/decide'
import type { Note } from '#shared/note'

import { callPlace, newNote, pagePlace } from '../../support/ops'

/** An entry that holds these notes. */
function entryOf(number: number, ...notes: Note[]): Candidate {
  const places = new Map<string, number>()
  const stems = new Map<string, number>()
  for (const note of notes) {
    const { placeKey, widePlaceKey, stems: own } = featuresOf(note)
    for (const key of new Set([placeKey, widePlaceKey])) places.set(key, (places.get(key) ?? 0) + 1)
    for (const stem of own) stems.set(stem, (stems.get(stem) ?? 0) + 1)
  }
  return {
    entryId: `entry-${number}`,
    number,
    service: notes[0]?.service ?? null,
    notes: notes.length,
    places,
    stems,
  }
}

const elsewhere = (route: string) => pagePlace({ route, anchor: null })
const joined = (note: Note, ...candidates: Candidate[]) => {
  const decision = decide(featuresOf(note), candidates)
  return decision.decision === 'join' ? decision.number : undefined
}

test('the same button joins, whatever the words', () => {
  const entry = entryOf(7, newNote({ words: 'Nothing happens.' }))
  const decision = decide(featuresOf(newNote({ words: 'Ouch' })), [entry])

  expect(decision).toMatchObject({ decision: 'join', number: 7 })
  expect(decision.sentence).toBe('Same button “Submit request” on the same page.')
})

test('the same page alone does not join', () => {
  const other = pagePlace({ anchor: { role: 'link', name: 'Back', selectors: [] } })

  expect(joined(newNote({ words: 'Ouch' }), entryOf(7, newNote({ place: other })))).toBeUndefined()
  expect(
    joined(
      newNote({ words: 'Ouch', place: elsewhere('/a') }),
      entryOf(7, newNote({ place: elsewhere('/a') })),
    ),
  ).toBeUndefined()
})

test('the same keys of the same number join, one key more does not', () => {
  const entry = entryOf(7, newNote({ place: callPlace('+49 30 12345', '2', '1') }))

  expect(joined(newNote({ words: 'Hm', place: callPlace('+493012345', '2', '1') }), entry)).toBe(7)
  expect(
    joined(newNote({ words: 'Hm', place: callPlace('+493012345', '2', '1', '1') }), entry),
  ).toBeUndefined()
  expect(
    joined(newNote({ words: 'Hm', place: callPlace('+493099999', '2', '1') }), entry),
  ).toBeUndefined()
})

test('clearly similar words join elsewhere, and say which', () => {
  const entry = entryOf(
    7,
    newNote({ words: 'The password reset mail never arrives', place: elsewhere('/a') }),
  )
  const decision = decide(
    featuresOf(newNote({ words: 'Password reset mail never arrived!', place: elsewhere('/b') })),
    [entry],
  )

  expect(decision).toMatchObject({
    decision: 'join',
    number: 7,
    sentence: 'Similar words: password, reset, mail, never.',
  })
})

test.each([
  'The printer jams',
  'Password',
  'password password password',
  'The mail with parking permits never arrives at my office',
  '',
  '😀',
])('“%s” is too different to join elsewhere', (words) => {
  const entry = entryOf(
    7,
    newNote({ words: 'The password reset mail never arrives', place: elsewhere('/a') }),
  )

  expect(joined(newNote({ words, place: elsewhere('/b') }), entry)).toBeUndefined()
})

test('two words in common are chance, even where they are all there is', () => {
  const slow = entryOf(7, newNote({ words: 'Too slow', place: elsewhere('/a') }))

  expect(joined(newNote({ words: 'Too slow!', place: elsewhere('/b') }), slow)).toBeUndefined()
})

test('similar words do not cross services; the same place does', () => {
  const words = 'The password reset mail never arrives'
  const mail = entryOf(7, newNote({ words, service: 'Mail', place: elsewhere('/a') }))

  expect(
    joined(newNote({ words, service: 'Library', place: elsewhere('/b') }), mail),
  ).toBeUndefined()
  expect(joined(newNote({ words, service: ' mail ', place: elsewhere('/b') }), mail)).toBe(7)
  expect(joined(newNote({ words, service: null, place: elsewhere('/b') }), mail)).toBe(7)
  expect(joined(newNote({ service: 'Library' }), entryOf(8, newNote({ service: 'Mail' })))).toBe(8)
})

test('an element without name and selector joins by words alone', () => {
  const bare = pagePlace({ anchor: { role: 'generic', name: null, selectors: [] } })

  expect(
    joined(
      newNote({ words: 'Too small', place: bare }),
      entryOf(7, newNote({ words: 'Wrong', place: bare })),
    ),
  ).toBeUndefined()
})

test('of several at one place the most similar wins, then the larger, then the older', () => {
  const plain = newNote({ words: 'Bad' })
  const similar = entryOf(9, newNote({ words: 'Submit loses attachments' }))

  expect(
    joined(
      newNote({ words: 'Submit loses attachments' }),
      entryOf(1, plain),
      entryOf(2, plain, plain),
      similar,
    ),
  ).toBe(9)
  expect(
    joined(
      newNote({ words: 'Hm' }),
      entryOf(1, plain),
      entryOf(2, plain, plain),
      entryOf(3, plain),
    ),
  ).toBe(2)
  expect(
    joined(newNote({ words: 'Hm' }), entryOf(3, plain), entryOf(1, plain), entryOf(2, plain)),
  ).toBe(1)
})

test('the order of candidates changes nothing', () => {
  const vocabulary = fc.array(
    fc.constantFrom('password', 'mail', 'reset', 'printer', 'slow', 'never', '😀'),
    { maxLength: 6 },
  )
  const note = fc
    .record({
      words: vocabulary,
      route: fc.constantFrom('/a', '/b'),
      named: fc.boolean(),
      service: fc.constantFrom(null, 'Mail', 'IT'),
    })
    .map(({ words, route, named, service }) =>
      newNote({
        words: words.join(' '),
        service,
        place: named ? pagePlace({ route }) : elsewhere(route),
      }),
    )
  const entries = fc.array(fc.array(note, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
  fc.assert(
    fc.property(note, entries, fc.infiniteStream(fc.nat()), (arriving, groups, shuffle) => {
      const candidates = groups.map((notes, index) => entryOf(index + 1, ...notes))
      const shuffled = candidates
        .map((candidate) => ({ candidate, order: shuffle.next().value }))
        .toSorted((one, other) => one.order - other.order)
        .map(({ candidate }) => candidate)

      const decision = decide(featuresOf(arriving), candidates)

      expect(decide(featuresOf(arriving), shuffled)).toEqual(decision)
      expect(decision.sentence).not.toBe('')
      expect(decision.runnersUp.length).toBeLessThanOrEqual(3)
    }),
    { numRuns: 500 },
  )
})

test('what a note liked and what it hated differ in nothing but the mood, which is why candidates are asked for by mood', () => {
  const liked = featuresOf(newNote({ mood: 'liked' }))

  expect({ ...liked, mood: 'embarrassed' }).toEqual(featuresOf(newNote()))
})

test('a large entry is not similar to everything that one of its notes once said', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    newNote({
      words: `topic${'abcdefghij'[index % 10]} alpha${index}x mail`,
      place: elsewhere('/a'),
    }),
  )
  const odd = newNote({ words: 'parking permit expired yesterday', place: elsewhere('/a') })

  expect(
    joined(
      newNote({ words: 'parking permit expired yesterday', place: elsewhere('/b') }),
      entryOf(7, ...many, odd),
    ),
  ).toBeUndefined()
})
