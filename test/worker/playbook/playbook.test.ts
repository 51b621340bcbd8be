import { expect, test } from 'vitest'

import type { NewPlaybook } from '#shared/api/playbook'

import { newId } from '../../support/ops'
import { refusalOf } from '../recovery/support'
import { newMember, newWorkspace } from '../support/workspace'

const playbook = (change: Partial<NewPlaybook> = {}): NewPlaybook => ({
  id: newId(),
  name: 'The help line is silent',
  service: 'Help line',
  sponsor: 'CIO',
  steps: [
    { who: 'Desk manager', what: 'Put the other number on the portal', byMinute: 10 },
    { who: 'Voice lead', what: 'Call the wards', byMinute: 30 },
  ],
  trainedOn: '2026-11-03',
  trainedBy: 'Desk manager',
  ...change,
})

test('a playbook is added once, changed by whoever read it, listed by service, and taken away', async () => {
  const workspace = await newWorkspace()
  const { client } = await newMember(workspace, 'reviewer', 'Portal owner')
  const silent = playbook()
  const added = await client.addPlaybook(silent)
  expect(await client.addPlaybook(silent)).toEqual(added)
  await client.addPlaybook(playbook({ service: 'Accounts', name: 'Nobody can sign in' }))

  expect((await client.listPlaybooks()).playbooks.map(({ service }) => service)).toEqual([
    'Accounts',
    'Help line',
  ])
  const { id, ...values } = silent
  const changed = await client.changePlaybook(id, {
    ...values,
    version: 1,
    trainedOn: '2026-11-28',
  })
  expect(changed).toMatchObject({ version: 2, trainedOn: '2026-11-28', changedBy: 'Portal owner' })
  expect(await refusalOf(client.changePlaybook(id, { ...values, version: 1 }))).toBe('409 changed')
  expect((await client.listPlaybooks('Help line')).playbooks).toEqual([changed])

  await client.deletePlaybook(id)
  expect((await client.listPlaybooks('Help line')).playbooks).toEqual([])
  expect(await refusalOf(client.deletePlaybook(id))).toBe('404 not-found')
})

test('a step is somebody’s, and of the first hour', async () => {
  const { client } = (await newWorkspace()).owner
  for (const step of [
    { who: ' ', what: 'Call', byMinute: 5 },
    { who: 'Desk', what: 'Call', byMinute: 61 },
  ])
    // oxlint-disable-next-line no-await-in-loop -- two
    expect(await refusalOf(client.addPlaybook(playbook({ steps: [step] })))).toBe('400 malformed')
})
