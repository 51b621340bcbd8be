import { expect, test } from 'vitest'

import { type Step, withOwnFields } from '#shared/step'
import { stepWords } from '#shared/step-words'

const origin = 'https://help.example.org'
const common = { seq: 1, at: 0 }

test.each<[string, Step]>([
  ['Opened *Requests*', { ...common, kind: 'page', origin, route: '/new', title: 'Requests' }],
  [
    'Opened *Laptops*, under Home › IT',
    { ...common, kind: 'page', origin, route: '/l', title: 'Laptops', breadcrumb: ['Home', 'IT'] },
  ],
  [
    'Opened *Laptops*',
    { ...common, kind: 'page', origin, route: '/l', title: 'Laptops', breadcrumb: null },
  ],
  [
    'Opened *help.example.org/new*',
    { ...common, kind: 'page', origin, route: '/new', title: null },
  ],
  ['Used *“Search”*', { ...common, kind: 'click', role: 'button', name: 'Search' }],
  ['Used *a button*', { ...common, kind: 'click', role: 'button', name: null }],
  ['Waited *14 s* for “Request”', { ...common, kind: 'wait', ms: 14_000, for: 'Request' }],
  ['Met *error 500*: Oops', { ...common, kind: 'error', status: 500, message: 'Oops' }],
  ['Signed in at *help.example.org*', { ...common, kind: 'sign-in', origin }],
  ['Called *4357*: my laptop', { ...common, kind: 'dial', number: '4357', why: 'my laptop' }],
  ['On hold for *6:40*', { ...common, kind: 'hold', ms: 400_000 }],
  ['Waiting for them**', { ...common, kind: 'waiting' }],
  [
    'They answered by e-mail *“Your request :id”* from ServiceNow',
    {
      ...common,
      kind: 'answer',
      channel: 'email',
      system: 'ServiceNow',
      subject: 'Your request :id',
    },
  ],
  [
    'They called back**',
    { ...common, kind: 'answer', channel: 'phone', system: null, subject: null },
  ],
  ['Call ended: *voicemail*', { ...common, kind: 'call-end', how: 'voicemail' }],
])('a step says “%s”', (words, step) => {
  const { before, thing, after } = stepWords(step)

  expect(`${before}*${thing}*${after}`).toBe(words)
})

test('what came beside a step is none of it', () => {
  const step: Step = { ...common, kind: 'click', role: 'button', name: 'Search' }

  expect(withOwnFields({ ...step, typed: 'secret' })).toEqual(step)
})
