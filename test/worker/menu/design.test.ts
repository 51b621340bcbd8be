import { expect, test } from 'vitest'

import { DESIGN_MAX_BYTES } from '#shared/api/menu'

import { callBy, ends, offers, press } from '../../support/menu-calls'
import { rows } from '../sync/support'
import { refusalOf } from '../triage/support'
import { drawn, newMenus } from './support'

const DESIGN = `IT help line
1 A problem
  3 Wi-Fi
  4 Printing
2 A request`

async function newCalled() {
  const menus = await newMenus()
  await menus.call([
    callBy('ada', 1, offers('1', 'a probelm'), press('1'), press('3'), ends('voicemail')),
    callBy('ben', 2, press('1'), press('9')),
  ])
  return menus
}

test('a design shows the options that nobody reached, and the ways that it does not know', async () => {
  const { client, reviewer } = await newCalled()

  expect(await client.importDesign('4357', DESIGN)).toEqual({ options: 4 })

  const map = await client.getMenu('4357')
  expect(map.design).toMatchObject({ importedBy: reviewer.name, text: DESIGN })
  expect(map.differences).toEqual({
    unreached: [
      { path: ['1', '4'], name: 'Printing' },
      { path: ['2'], name: 'A request' },
    ],
    unknown: [{ path: ['1', '9'], name: null, calls: 1 }],
    renamed: [],
  })
  expect(drawn(map)).toBe(`start IT help line, 2 calls of 2
  1 a probelm, 2 calls of 2
    3 Wi-Fi, 1 calls of 1, voicemail 1
    4 Printing, 0 calls of 0
    9, 1 calls of 1
  2 A request, 0 calls of 0`)
})

test('of a design with bad lines nothing is taken, each is named, and what was there stays', async () => {
  const { client } = await newCalled()
  await client.importDesign('4357', '1 A problem')

  const answer = await client.importDesign('4357', `${DESIGN}\n1 Again\nnonsense`)

  expect(answer).toEqual({
    problems: [
      { line: 6, message: '1 is in line 2 already.' },
      { line: 7, message: '“nonsense” begins with no key. Write it as “1 A problem”.' },
    ],
  })
  expect((await client.getMenu('4357')).design).toMatchObject({ text: '1 A problem' })
})

test('a new design replaces the one before, and is taken away; what there was is kept', async () => {
  const { client, workspace } = await newCalled()
  const kept = () =>
    rows(
      'SELECT version, text FROM menu_design WHERE workspace_id = ?1 ORDER BY version',
      workspace.id,
    )
  await client.importDesign('4357', '1 A problem')
  await client.importDesign('4357', '2 A request')
  expect((await client.getMenu('4357')).design?.text).toBe('2 A request')

  await client.removeDesign('4357')

  expect(await client.getMenu('4357')).toMatchObject({ design: null, differences: null })
  expect(await kept()).toEqual([
    { version: 1, text: '1 A problem' },
    { version: 2, text: '2 A request' },
    { version: 3, text: null },
  ])
  for (let more = 0; more < 20; more += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await client.importDesign('4357', `${more % 10} Number ${more}`)
  }
  expect(await kept()).toHaveLength(20)
  expect((await client.getMenu('4357')).design?.text).toBe('9 Number 19')
})

test('the log says that a design was imported and how large it is, and no word of it', async () => {
  const { client, workspace } = await newCalled()

  await client.importDesign('4357', DESIGN)
  await client.removeDesign('4357')

  expect(
    await rows(
      'SELECT what, detail FROM audit WHERE workspace_id = ?1 ORDER BY number DESC LIMIT 2',
      workspace.id,
    ),
  ).toEqual([
    { what: 'menu-design.removed', detail: '{"options":0}' },
    { what: 'menu-design.imported', detail: '{"options":4}' },
  ])
})

test('a design has at most a thousand options, and so many bytes', async () => {
  const { client } = await newCalled()
  const branches = Array.from({ length: 10 }, (_, index) => `${index} Branch`)
  const full = branches.flatMap((branch) => [
    branch,
    ...Array.from({ length: 9 }, (_twig, key) => [
      `  ${key} Twig`,
      ...Array.from({ length: 10 }, (_leaf, leaf) => `    ${leaf} Leaf`),
    ]).flat(),
  ])

  expect(await client.importDesign('4357', full.join('\n'))).toEqual({ options: 1_000 })
  expect((await client.getMenu('4357')).nodes).toHaveLength(1_002)
  expect(await client.importDesign('4357', [...full, '* More'].join('\n'))).toMatchObject({
    problems: [{ line: 1_001 }],
  })
  expect(
    await refusalOf(client.importDesign('4357', `1 ${'x'.repeat(DESIGN_MAX_BYTES)}`)),
  ).toMatchObject({ status: 400, code: 'malformed' })
})
