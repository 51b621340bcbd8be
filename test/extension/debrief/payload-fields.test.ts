import { expect, test } from 'vitest'

import type { Anchor } from '#shared/anchor'

import { noteFields } from '../../../extension/debrief/payload-fields'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { SEARCH_PAGE, emptyDevice, keptNote, surroundingsAt } from '../device'

async function fieldsAt(anchor: Anchor): Promise<Record<string, string>> {
  const database = await emptyDevice()
  const surroundings = surroundingsAt()
  await keptNote(database, surroundings, { place: { ...SEARCH_PAGE, anchor } })
  const { payloads } = await parcelOfAll(database, surroundings)
  const [note] = payloads.flatMap((each) => (each.kind === 'note.add' ? [each.payload] : []))
  return Object.fromEntries(note ? noteFields(note, {}) : [])
}

test('how to find an element says all that leaves of it, with the words around its text', async () => {
  const fields = await fieldsAt({
    role: 'button',
    name: 'Details',
    selectors: [
      { kind: 'id', path: ['#host', '#more'] },
      {
        kind: 'text',
        path: ['#host', 'text/Details'],
        prefix: 'What Wi-Fi can do for you.',
        suffix: 'Payslip for staff',
      },
    ],
  })

  expect(fields['Element']).toBe('Button “Details”')
  expect(fields['How to find it']?.split('\n')).toEqual([
    '#host >> #more',
    '#host >> text/Details, after “What Wi-Fi can do for you.”, before “Payslip for staff”',
  ])
})

test('what stands on one side only is said alone', async () => {
  const fields = await fieldsAt({
    role: 'link',
    name: null,
    selectors: [{ kind: 'text', path: ['text/More'], suffix: 'about badges' }],
  })

  expect(fields['How to find it']).toBe('text/More, before “about badges”')
})
