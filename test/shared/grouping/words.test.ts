import fc from 'fast-check'
import { expect, test } from 'vitest'

import { stemsOf } from '#shared/grouping/words'

test('plurals, tenses and adverbs come to one stem', () => {
  for (const [one, other] of [
    ['button', 'buttons'],
    ['request', 'requested'],
    ['loading', 'load'],
    ['stopped', 'stop'],
    ['reply', 'replies'],
    ['reply', 'replied'],
    ['supply', 'supplies'],
    ['family', 'families'],
    ['slow', 'slowly'],
    ['code', 'codes'],
    ['case', 'cases'],
    ['cache', 'caches'],
    ['box', 'boxes'],
    ['pass', 'passes'],
    ['password', 'passwords'],
    ['require', 'requires'],
    ['require', 'required'],
  ] as const) {
    expect(stemsOf(one)).toEqual(stemsOf(other))
  }
  expect(stemsOf('apply')).not.toEqual(stemsOf('app'))
})

test('what went wrong is kept, what carries no topic goes', () => {
  expect(stemsOf('It can’t find my laptop')).toEqual(['not', 'find', 'laptop'])
  expect(stemsOf('won’t load again, no')).toEqual(['not', 'load', 'again', 'no'])
  expect(stemsOf('the of and it is')).toEqual([])
})

test('typographic forms, case and width fold', () => {
  expect(stemsOf('ＷＩＦＩ ﬁle')).toEqual(stemsOf('wifi file'))
  expect(stemsOf("doesn't")).toEqual(stemsOf('DOESN’T'))
})

test('every number is the same, every address is nothing', () => {
  expect(stemsOf('error 4711')).toEqual(stemsOf('error 0815'))
  expect(stemsOf('see https://help.example.org/a?b=secret now')).toEqual(['see', 'now'])
})

test.each([
  { script: 'German', text: 'Die Passwörter gehen nicht', part: 'passwörter' },
  { script: 'Greek', text: 'το κουμπί δεν λειτουργεί', part: 'κουμπί' },
  { script: 'Cyrillic', text: 'Кнопка не работает', part: 'кнопка' },
  { script: 'Arabic', text: 'الزر لا يعمل', part: 'الزر' },
  { script: 'Hindi', text: 'बटन काम नहीं करता', part: 'नहीं' },
  { script: 'Chinese', text: '按钮不工作', part: '按钮' },
  { script: 'Japanese', text: 'ボタンが押せない', part: 'ボタ' },
  { script: 'Thai', text: 'ปุ่มใช้งานไม่ได้', part: 'งา' },
])('$script has stems', ({ text, part }) => {
  expect(stemsOf(text)).toContain(part)
})

test.each(['', ' ', '😀🎉', '—…!?', '\u0000', '\uD800', '👩🏽‍💻'])('%j has none', (text) => {
  expect(stemsOf(text)).toEqual([])
})

test('whatever comes in, stems are few, set, storable as they come and the same each time', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 2_000 }),
  )
  fc.assert(
    fc.property(text, (words) => {
      const stems = stemsOf(words)

      expect(stems.length).toBeLessThanOrEqual(200)
      expect(new Set(stems).size).toBe(stems.length)
      expect(stems.every((stem) => stem !== '' && stem.isWellFormed())).toBe(true)
      expect(stemsOf(words)).toEqual(stems)
    }),
  )
})

test('100,000 bytes of anything are read at once', () => {
  const started = performance.now()
  for (const unit of ['a', 'a ', '1', 'n’t', '’s', '按', 'http://', '\u0301'])
    stemsOf(unit.repeat(100_000 / unit.length))

  expect(performance.now() - started).toBeLessThan(3_000)
})
