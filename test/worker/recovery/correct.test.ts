import { expect, test } from 'vitest'

import { leftOf } from '../recall/support'
import { eventsOf, newPromise, refusalOf } from './support'

test('what was typed wrong is corrected, and history says that without either text', async () => {
  const { reviewer, entryId, does, read } = await newPromise({
    customer: 'Ward muse',
    reference: 'INC-kanari-wrong-',
  })
  const before = await eventsOf(entryId)

  await does({ what: 'correct', customer: ' Ward nurse ', reference: 'INC-kanari-right-' })

  expect(await read()).toMatchObject({
    customer: 'Ward nurse',
    reference: 'INC-kanari-right-',
    version: 2,
    settledAt: null,
    seenThroughBy: null,
  })
  const corrected = { what: 'promise-corrected', before: null, after: null, reason: null }
  expect(await eventsOf(entryId)).toEqual([...before, corrected])
  expect(await leftOf('INC-kanari-right-')).toEqual(['INC-kanari-right-'])
  expect(await leftOf('INC-kanari-wrong-')).toEqual([])

  await does({ what: 'correct', customer: 'Ward nurse', reference: 'INC-kanari-right-' })
  expect(await read()).toMatchObject({ version: 2 })
  expect(await refusalOf(does({ what: 'correct', customer: ' ', reference: null }))).toBe(
    '422 no-customer',
  )
  await does({ what: 'satisfied' })
  const settled = await read()
  expect(settled.seenThroughBy?.id).toBe(reviewer.id)
  await does({ what: 'correct', customer: 'Ward nurse', reference: ' ' })
  expect(await read()).toEqual({ ...settled, reference: null, version: 4 })
  expect(await leftOf('INC-kanari-right-')).toEqual([])
})

test('of two who correct from the same screen the slower one hears so, and nothing of it is kept', async () => {
  const { reviewer, entryId, id, read } = await newPromise()
  const correct = (customer: string) =>
    refusalOf(
      reviewer.client.actOnFollowUp(id, { what: 'correct', version: 1, customer, reference: null }),
    )

  const answers = await Promise.all([correct('Ward nurse'), correct('Ward sister')])

  expect(answers.toSorted()).toEqual(['409 changed', 'done'])
  const [first] = answers
  expect((await read()).customer).toBe(first === 'done' ? 'Ward nurse' : 'Ward sister')
  expect((await eventsOf(entryId)).map(({ what }) => what)).toEqual([
    'promise-added',
    'promise-corrected',
  ])
})
