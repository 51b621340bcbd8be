import { expect, test } from 'vitest'

import type { NewPlanLine } from '#shared/api/plan'

import { MORNING, newNote, newPart, newWalk, noteOp, partOp, walkRecallOp } from '../../support/ops'
import { newSender, pull, push, rows } from '../sync/support'
import { newMember } from '../support/workspace'

const errand = (personId: string, change: Partial<NewPlanLine> = {}): NewPlanLine => ({
  personId,
  kind: 'errand',
  what: 'My laptop won’t join the Wi-Fi',
  service: 'Wi-Fi',
  due: '2026-12-05',
  ...change,
})

async function newPlanner() {
  const device = await newSender()
  const reviewer = await newMember(device.workspace, 'reviewer')
  return { device, client: reviewer.client }
}

test('lines come in the order of their days, and a dropped one is gone', async () => {
  const { device, client } = await newPlanner()
  const late = await client.addToPlan(errand(device.personId, { due: '2027-01-10' }))
  const soon = await client.addToPlan(errand(device.personId))
  expect(soon).toMatchObject({ ...errand(device.personId), personName: 'Lea Leader' })
  expect((await client.readPlan()).lines).toEqual([soon, late])

  await client.dropFromPlan(soon.id)

  expect((await client.readPlan()).lines).toEqual([late])
  await expect(client.dropFromPlan(soon.id)).rejects.toMatchObject({ status: 404 })
})

test('a day that is none, and a person of another workspace, are refused', async () => {
  const { device, client } = await newPlanner()
  const stranger = await newSender()
  await expect(
    client.addToPlan(errand(device.personId, { due: '5 December' })),
  ).rejects.toMatchObject({ status: 400 })
  await expect(client.addToPlan(errand(stranger.personId))).rejects.toMatchObject({ status: 404 })
  expect((await client.readPlan()).lines).toEqual([])
})

test('a full plan says so and takes no more', async () => {
  const { device, client } = await newPlanner()
  const first = await client.addToPlan(errand(device.personId))
  await rows(
    `WITH RECURSIVE copy (number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM copy WHERE number < 200)
      INSERT INTO plan (id, workspace_id, person_id, kind, what, service, due, made_by, made_at, seq)
      SELECT plan.id || '-' || number, workspace_id, person_id, kind, what, service, due, made_by, made_at, seq
      FROM plan, copy WHERE id = ?`,
    first.id,
  )
  await expect(client.addToPlan(errand(device.personId))).rejects.toMatchObject({
    status: 422,
    code: 'too-many',
  })
})

test('its leader’s browsers hear of a line, and of nobody else’s', async () => {
  const { device, client } = await newPlanner()
  const colleague = await newSender({ workspace: device.workspace })
  const { cursor } = await pull(device)
  const line = await client.addToPlan(errand(device.personId))
  await client.addToPlan(errand(colleague.personId))

  const heard = await pull(device, { cursor })
  expect(heard.rows).toMatchObject([
    { type: 'plan', id: line.id, kind: 'errand', due: '2026-12-05', state: 'open' },
  ])

  await client.dropFromPlan(line.id)
  expect((await pull(device, { cursor: heard.cursor })).rows).toMatchObject([
    { type: 'plan', id: line.id, state: 'dropped' },
  ])
})

test('a walk that is done carries out its line; taken back, it leaves it open', async () => {
  const { device, client } = await newPlanner()
  const line = await client.addToPlan(errand(device.personId))
  const walk = newWalk({ planId: line.id })
  await push(device, [partOp(1, newPart({ walk }))])
  expect((await client.readPlan()).lines).toHaveLength(1)

  const done = { ...walk, state: 'done' as const, endedAt: MORNING + 60_000 }
  await push(device, [partOp(2, newPart({ walk: done, part: 2 }))])
  expect((await client.readPlan()).lines).toEqual([])
  const { rows: told, cursor } = await pull(device)
  expect(told).toMatchObject([{ type: 'plan', id: line.id, state: 'done' }])

  await push(device, [walkRecallOp(3, walk.id)])
  expect((await client.readPlan()).lines).toEqual([line])
  expect((await pull(device, { cursor })).rows.filter(({ type }) => type === 'plan')).toMatchObject(
    [{ id: line.id, state: 'open' }],
  )
})

test('nobody carries out the line of somebody else', async () => {
  const { device, client } = await newPlanner()
  const colleague = await newSender({ workspace: device.workspace })
  const line = await client.addToPlan(errand(device.personId))
  const walk = newWalk({ planId: line.id, state: 'done', endedAt: MORNING })
  await push(colleague, [partOp(1, newPart({ walk }))])
  expect((await client.readPlan()).lines).toEqual([line])
})

test('the calendar holds each line as a whole day, hostile words and all', async () => {
  const { device, client } = await newPlanner()
  const what = 'Wi-Fi; ward,\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT'
  const line = await client.addToPlan(errand(device.personId, { what }))
  await client.addToPlan(errand(device.workspace.owner.id, { kind: 'shift', what: '' }))

  const { browser } = device.workspace.owner
  const response = await browser.send('/app/plan/calendar.ics')
  const text = (await response.text()).replaceAll('\r\n ', '')

  expect(response.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
  const lines = text.split('\r\n')
  expect(lines.filter((each) => each === 'BEGIN:VEVENT')).toHaveLength(2)
  expect(lines.filter((each) => each.startsWith('ATTENDEE'))).toEqual([])
  expect(lines).toContain('DTSTART;VALUE=DATE:20261205')
  expect(lines.find((each) => each.startsWith(`UID:${line.id}@`))).toBeDefined()
  expect(lines).toContain('SUMMARY:Desk shift: Wi-Fi')

  const mine = await (await browser.send('/app/plan/calendar.ics?of=mine')).text()
  expect(mine.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(mine).not.toContain('ATTENDEE')
  expect((await browser.send('/app/plan/calendar.ics?of=hers')).status).toBe(400)
})

test('coverage begins with what nobody has walked, however a name is written', async () => {
  const { device, client } = await newPlanner()
  await client.addService({ provider: 'IT', name: 'Printing' })
  await client.addService({ provider: 'IT', name: 'Wi-Fi' })
  const old = newWalk({ service: 'wi-fi', startedAt: MORNING - 9e9 })
  const told = newNote({ service: 'Rota', walkId: old.id, at: MORNING - 8e9 })
  await push(device, [
    partOp(1, newPart({ walk: old })),
    partOp(2, newPart({ walk: newWalk({ service: ' WI-FI ', startedAt: MORNING }) })),
    noteOp(3, told),
    noteOp(4, newNote({ service: 'Parking', walkId: null, source: 'told' })),
  ])

  const { services } = await client.readCoverage()

  expect(services).toEqual([
    { service: 'Printing', lastWalkedAt: null },
    { service: 'Rota', lastWalkedAt: told.at },
    { service: 'Wi-Fi', lastWalkedAt: MORNING },
  ])
  expect((await pull(device)).workspace).toMatchObject({ unwalked: 'Printing' })
})

test('a person’s own list is for that person and the owner', async () => {
  const { device, client } = await newPlanner()
  const walker = await newMember(device.workspace, 'reviewer', 'Rita')
  const hers = await newSender({ workspace: device.workspace, personId: walker.id })
  await push(hers, [partOp(1, newPart({ walk: newWalk({ service: 'Wi-Fi' }) }))])
  const expected = { services: [{ service: 'Wi-Fi', walks: 1, lastWalkedAt: MORNING }] }

  expect(await walker.client.readWalksOf(walker.id)).toEqual(expected)
  expect(await device.workspace.owner.client.readWalksOf(walker.id)).toEqual(expected)
  await expect(client.readWalksOf(walker.id)).rejects.toMatchObject({ status: 403 })
})
