import { expect, test } from 'vitest'

import { newNote } from '../../support/ops'
import { note } from '../grouping/support'
import { newTriage, refusalOf, send } from './support'

test('services have one name each, other names mean one of them, and a new name goes to what was sorted', async () => {
  const triage = await newTriage()
  const { client } = triage
  const printing = await client.addService({
    provider: 'IT',
    name: 'Printing',
    channels: ['portal'],
  })
  const wifi = await client.addService({ provider: 'IT', name: 'Wi-Fi' })
  await send(triage.cio, 'a')
  await triage.decide({ what: 'entry-service', entry: 1, serviceId: printing.id })

  expect(await refusalOf(client.addService({ provider: 'IT', name: 'Printing' }))).toMatchObject({
    status: 422,
    code: 'name-taken',
  })
  expect(await client.addAlias(printing.id, { alias: 'The PRINTERS' })).toMatchObject({
    aliases: ['the printers'],
  })
  expect(await refusalOf(client.addAlias(wifi.id, { alias: 'the-printers' }))).toMatchObject({
    status: 422,
    code: 'alias-taken',
  })
  await client.changeService(printing.id, { name: 'Print' })
  expect((await triage.entry(1))['service']).toBe('Print')
  await client.removeAlias(printing.id, 'the printers')
  expect((await client.listServices()).services).toEqual([
    { id: printing.id, provider: 'IT', name: 'Print', channels: ['portal'], aliases: [] },
    { id: wifi.id, provider: 'IT', name: 'Wi-Fi', channels: [], aliases: [] },
  ])
  await note(triage.cio, newNote({ service: 'Something new' }))
  expect((await triage.client.listTriage()).notes.map(({ service }) => service)).toContain(
    'Something new',
  )
})
