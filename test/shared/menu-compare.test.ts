import { expect, test } from 'vitest'

import { callsOf } from '#shared/call'
import { compareMenus } from '#shared/menu-compare'
import { parseDesign } from '#shared/menu-design'
import { menuTree } from '#shared/menu-tree'
import type { Step } from '#shared/step'

const DESIGN = `1 A problem
  3 Wi-Fi
  4 Printing
2 A request
  1 A badge
9 The news`

/** A tree of calls, each of which is its keys and what is offered at a key. */
function treeOf(...calls: object[][]) {
  return menuTree(
    calls.map((taps, index) => {
      const steps = [{ kind: 'dial', number: '4357', why: null }, ...taps].map(
        (tap, at) => ({ seq: at + 1, at: at * 1_000, ...tap }) as Step,
      )
      const call = callsOf(steps)[0]
      if (call === undefined) throw new Error('no call')
      return { callerId: `caller ${index}`, call }
    }),
  )
}

test('a menu as people meet it tells what nobody reached, what nobody designed and what is called otherwise', () => {
  const parsed = parseDesign(DESIGN)
  if (!('root' in parsed)) throw new Error('no design')
  const tree = treeOf(
    [
      { kind: 'option', key: '1', label: 'a probelm' },
      { kind: 'key', key: '1' },
      { kind: 'option', key: '3', label: 'network access' },
      { kind: 'key', key: '3' },
    ],
    [
      { kind: 'key', key: '1' },
      { kind: 'key', key: '0' },
      { kind: 'key', key: '5' },
    ],
    [{ kind: 'option', key: '9', label: 'the news' }],
  )

  expect(compareMenus(tree, parsed.root)).toEqual({
    unreached: [
      { path: ['1', '4'], name: 'Printing' },
      { path: ['2'], name: 'A request' },
      { path: ['2', '1'], name: 'A badge' },
      { path: ['9'], name: 'The news' },
    ],
    unknown: [
      { path: ['1', '0'], name: null, calls: 1 },
      { path: ['1', '0', '5'], name: null, calls: 1 },
    ],
    renamed: [{ path: ['1', '3'], name: 'Wi-Fi', heard: 'network access' }],
  })
})
