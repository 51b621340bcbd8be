import { beforeEach, describe, expect, test } from 'vitest'

import { ConnectFormModel, problemWords } from '../../../extension/panel/connect-form'
import type { Pairing } from '../../../extension/storage/database'
import { emptyDevice, surroundingsAt } from '../device'

let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const pairing: Pairing = {
  server: 'https://wince.example.org',
  workspaceId: 'workspace',
  personId: 'person',
  token: 'token',
  pairingId: 'device',
  workspaceName: 'IT Service Team',
  personName: 'Ada',
  coverEverything: true,
  pairedAt: surroundingsAt().now(),
  disconnectedAt: null,
}

function formWith(
  pair: ConstructorParameters<typeof ConnectFormModel>[0]['pair'],
  server: string | null = null,
) {
  const done: string[] = []
  const form = new ConnectFormModel({
    database,
    pair,
    server,
    coverOldPictures: async () => void done.push('covered'),
    requestSync: async () => void done.push('synced'),
    onConnected: ({ workspaceName }) => void done.push(workspaceName),
  })
  return { form, done }
}

describe('connecting', () => {
  test('covers old pictures before anything else where the team covers everything', async () => {
    const { form, done } = formWith(async () => ({ ok: true, pairing }))
    form.typed.value = 'https://wince.example.org/pair#7KQ4-M2XD9-RTBC'

    await form.connect()

    expect(done).toEqual(['covered', 'synced', 'IT Service Team'])
  })

  test('a refusal is one plain sentence, and what was typed stays', async () => {
    const { form, done } = formWith(async () => ({ ok: false, problem: 'wrong-code' }))
    form.typed.value = '7KQ4-M2XD9-RTBC'

    await form.connect()

    expect(form.problem.value && problemWords(form.problem.value)).toBe(
      'That code does not fit. Codes work once and for 15 minutes. Ask for a new one.',
    )
    expect([form.typed.value, form.status.value, done]).toEqual(['7KQ4-M2XD9-RTBC', 'editing', []])
  })

  test('a browser that is managed needs no address, and says where it may connect', async () => {
    const server = 'https://wince.example.org'
    const { form } = formWith(async () => ({ ok: false, problem: 'other-server', server }), server)
    form.typed.value = '7KQ4-M2XD9-RTBC'
    expect(form.needsServer.value).toBe(false)

    await form.connect()

    expect(form.problem.value && problemWords(form.problem.value)).toBe(
      'Your organisation’s Wince is at wince.example.org, and this browser may connect to no other.',
    )
  })

  test('a bare code asks where the team is, a link does not', () => {
    const { form } = formWith(async () => ({ ok: true, pairing }))
    form.typed.value = '7KQ4'
    expect(form.needsServer.value).toBe(true)

    form.typed.value = 'https://wince.example.org/pair#7KQ4-M2XD9-RTBC'

    expect(form.needsServer.value).toBe(false)
  })
})
