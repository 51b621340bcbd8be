import { expect, test } from 'vitest'

import { newPairingCode, pairingLink } from '#shared/pairing-code'

import { NO_POLICY, mayBeSeen, readPolicy } from '../../../extension/policy/policy'
import { policyWords } from '../../../extension/policy/policy-words'
import { pairBrowser } from '../../../extension/sync/pairing'
import { keepMsOf } from '../../../extension/sync/retention'
import { emptyDevice } from '../device'

test('a browser that nobody manages has no policy, and any site may be allowed', () => {
  expect(readPolicy({})).toEqual(NO_POLICY)
  expect(readPolicy({ server: '', allowedPortals: null })).toEqual(NO_POLICY)
  expect(mayBeSeen(NO_POLICY, 'https://anything.example')).toBe(true)
})

test('an organisation sets the server, the sites, the covers and the days', () => {
  expect(
    readPolicy({
      server: 'https://Wince.Example.org/app?x=1',
      allowedPortals: ['https://help.example.org/portal', '*.Example.net'],
      coverEverything: true,
      retentionDays: 7,
      somethingNewer: 1,
    }),
  ).toEqual({
    server: 'https://wince.example.org',
    allowedPortals: ['https://help.example.org', '*.example.net'],
    coverEverything: true,
    retentionDays: 7,
    unread: [],
  })
})

test('what makes no sense is named, and rules the careful way', () => {
  const policy = readPolicy({
    server: 'javascript:alert(1)',
    allowedPortals: ['https://help.example.org', 'everything'],
    coverEverything: 'no',
    retentionDays: 4_000,
  })

  expect(policy).toEqual({
    server: null,
    allowedPortals: [],
    coverEverything: true,
    retentionDays: 1,
    unread: ['server', 'allowedPortals', 'coverEverything', 'retentionDays'],
  })
  expect(mayBeSeen(policy, 'https://help.example.org')).toBe(false)
})

test.each([
  ['https://help.example.org', true],
  ['https://example.net', true],
  ['https://a.b.example.net', true],
  ['http://help.example.org', false],
  ['https://help.example.org:8443', false],
  ['https://evilexample.net', false],
  ['https://example.net.evil.org', false],
])('of these sites %s may be seen: %s', (origin, may) => {
  const policy = readPolicy({ allowedPortals: ['https://help.example.org', '*.example.net'] })

  expect(mayBeSeen(policy, origin)).toBe(may)
})

test.each([
  [null, 14],
  [3, 3],
  [14, 14],
])('with %s days set, what was sent stays whole for %s', (retentionDays, days) => {
  expect(keepMsOf({ retentionDays })).toBe(days * 86_400_000)
})

test('a link to another server than the organisation’s is refused before anything is asked', async () => {
  const asked: string[] = []
  const answer = await pairBrowser(
    {
      database: await emptyDevice(),
      now: () => 0,
      fetch: async (url) => {
        asked.push(url)
        throw new Error('nobody is to be asked')
      },
      onlyServer: 'https://wince.example.org',
    },
    pairingLink(
      'https://elsewhere.example',
      newPairingCode((length) => new Uint8Array(length)),
    ),
    null,
    'Chrome on Linux',
  )

  expect(answer).toEqual({
    ok: false,
    problem: 'other-server',
    server: 'https://wince.example.org',
  })
  expect(asked).toEqual([])
})

test('what an organisation set is said in sentences, and nothing where it set nothing', () => {
  expect(policyWords(NO_POLICY)).toEqual([])
  expect(
    policyWords(
      readPolicy({
        server: 'https://wince.example.org',
        allowedPortals: ['https://help.example.org', '*.example.net'],
        coverEverything: true,
        retentionDays: 1.5,
      }),
    ),
  ).toEqual([
    'This browser may connect to wince.example.org only.',
    'Wince may see help.example.org and *.example.net only.',
    'Every picture is covered whole.',
    'What was sent stays whole here for 1 day.',
    'It set retentionDays in a way that Wince cannot read, so the careful way holds.',
  ])
})
