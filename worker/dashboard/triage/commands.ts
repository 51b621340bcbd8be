import type { IconName } from '#shared/style/icons'

import type { Command } from '../palette/Palette'
import { TRIAGE_KEYS, type TriageAct } from './keys'
import type { Triage } from './triage'

const ICONS: Record<TriageAct, IconName> = {
  next: 'next',
  before: 'back',
  accept: 'check',
  own: 'plus',
  decline: 'close',
  move: 'move',
  split: 'split',
  merge: 'merge',
  rename: 'pencil',
  later: 'clock',
  choose: 'addbox',
  undo: 'undo',
  keys: 'info',
}
/** What somebody who decides nothing may do as well. */
const READING: ReadonlySet<TriageAct> = new Set(['next', 'before', 'keys'])

/** Every action of the page, by key and by name. */
export function triageCommands(triage: Triage, mayDecide: boolean): (Command & { key?: string })[] {
  const { list, bulk, openAbout } = triage
  const acts: Record<TriageAct, () => void> = {
    next: () => list.step(1),
    before: () => list.step(-1),
    accept: triage.accept,
    own: triage.giveItsOwn,
    decline: () => openAbout('decline'),
    move: () => openAbout('move'),
    split: () => openAbout('split'),
    merge: () => openAbout('merge'),
    rename: () => openAbout('rename'),
    later: triage.putBehind,
    choose() {
      const note = list.chosen.peek()
      if (note !== null) bulk.toggle(note.id)
    },
    undo: () => void triage.undo(),
    keys: () => openAbout('keys'),
  }
  const keyed = TRIAGE_KEYS.filter(({ act }) => mayDecide || READING.has(act)).map(
    ({ key, act, words }) => ({
      words,
      key,
      icon: ICONS[act],
      cap: key.toUpperCase(),
      act: acts[act],
    }),
  )
  if (!mayDecide) return keyed
  return [
    ...keyed,
    { words: 'Set the service', icon: 'settings', act: () => openAbout('service') },
    {
      words: 'Choose everything in this view',
      icon: 'addbox',
      act: () => void bulk.chooseAll(list.peek()?.show ?? 'all'),
    },
  ]
}
