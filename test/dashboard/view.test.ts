import { expect, test } from 'vitest'

import {
  addressOfView,
  captionOf,
  isFiltered,
  viewFromAddress,
  viewFromQuery,
  withAsked,
  withPage,
  withoutFilters,
  type View,
} from '../../worker/dashboard/register/view'

test.each<{ view: View; address: string }>([
  { view: {}, address: '/register' },
  { view: { state: 'open', sort: 'impact', mood: 'embarrassed' }, address: '/register' },
  { view: { mood: 'liked' }, address: '/register?mood=liked' },
  { view: { q: 'wi-fi & more', service: 'HR' }, address: '/register?q=wi-fi+%26+more&service=HR' },
  {
    view: { state: 'closed', impact: '4', after: 'abc' },
    address: '/register?state=closed&impact=4&after=abc',
  },
])('$address is an address that comes back as its view', ({ view, address }) => {
  expect(addressOfView(view)).toBe(address)
  expect(addressOfView(viewFromAddress(address))).toBe(address)
})

test('an old or made-up address still opens: what is no view is left out', () => {
  expect(
    viewFromQuery({ state: 'gone', impact: '9', sort: 'title', what: 'x', service: 'HR' }),
  ).toEqual({ service: 'HR' })
})

test('a new question starts on the first page; a page keeps the question', () => {
  const view: View = { service: 'HR', after: 'abc' }

  expect(withAsked(view, { sort: 'leaders' })).toEqual({ service: 'HR', sort: 'leaders' })
  expect(withPage(view, { before: 'xyz' })).toEqual({ service: 'HR', before: 'xyz' })
})

test('clearing the filters keeps the view and its order', () => {
  expect(withoutFilters({ mood: 'liked', sort: 'changed', q: 'x', service: 'HR' })).toEqual({
    mood: 'liked',
    sort: 'changed',
  })
  expect(isFiltered({ sort: 'changed', mood: 'liked' })).toBe(false)
  expect(isFiltered({ state: 'closed' })).toBe(true)
})

test('the caption says what the table holds and how it is sorted', () => {
  expect(captionOf({})).toBe(
    'Open entries, high impact first, then low effort, then customers hit, then most leaders',
  )
  expect(captionOf({ mood: 'liked' })).toBe('What to keep, most leaders first')
})
