import { expect, test } from 'vitest'

import { browser } from '#imports'

import { wireGestures } from '../../../extension/gesture/gestures'

test('what a moment asks of the browser is asked before the panel opens, and in the same turn', () => {
  const order: string[] = []
  let press: ((command: string, tab: object) => void) | undefined
  const panel = { open: async () => void order.push('panel') }
  const listen = () => ({ addListener: () => {} })
  Object.assign(browser, {
    commands: { onCommand: { addListener: (listener: typeof press) => (press = listener) } },
    contextMenus: { onClicked: listen(), create: () => {} },
    action: { onClicked: listen() },
    sidePanel: panel,
    sidebarAction: panel,
  })
  wireGestures({
    keepMoment: async () => void order.push('moment'),
    isWalking: async () => true,
  })

  press?.('note-moment', { id: 7, windowId: 1 })

  expect(order).toEqual(['moment', 'panel'])
})
