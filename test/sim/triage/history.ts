import type { Note } from '#shared/note'

import { newId, newNote, pagePlace } from '../../support/ops'
import type { Act } from './acts'
import { brokenTriage, standingOf } from './rules'
import type { Asked, EntryState, TriageWorld } from './world'

/** What a history has met, so that a test can say that it met everything. */
export type Met = Map<string, number>

/**
 * Plays acts in a workspace and says what went wrong, after each of them; nothing is fine.
 *
 * @param met counts what was done
 */
export async function playHistory(
  world: TriageWorld,
  acts: readonly Act[],
  met: Met = new Map(),
): Promise<string[]> {
  const player = await newPlayer(world, met)
  for (const [index, each] of acts.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- a history has an order
    const wrong = [...(await player.play(each)), ...(await brokenTriage(world))]
    if (wrong.length > 0) return wrong.map((line) => `${index} ${JSON.stringify(each)}: ${line}`)
  }
  return []
}

async function newPlayer(world: TriageWorld, met: Met) {
  const alive: { note: Note; leader: number }[] = []
  const decided: { id: string; isUndone: boolean }[] = []
  const services = [newId(), newId()]
  await Promise.all(
    services.map((id, index) =>
      world.rows(
        "INSERT INTO service (id, workspace_id, provider, name, channels) VALUES (?1, ?2, 'IT', ?3, '[]')",
        id,
        world.workspaceId,
        index === 0 ? 'Printing' : 'Wi-Fi',
      ),
    ),
  )
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)
  const one = <Each>(list: readonly Each[], which: number): Each | undefined =>
    list[which % Math.max(1, list.length)]

  /** Where people have put notes; the machine touches none of it. */
  const placedByPeople = async () =>
    (
      await world.rows(
        "SELECT note_id, entry_id, at FROM entry_note WHERE workspace_id = ?1 AND current = 1 AND placed_by <> 'grouping' ORDER BY note_id",
        world.workspaceId,
      )
    ).map((row) => JSON.stringify(row))

  async function note(each: Extract<Act, { kind: 'note' }>): Promise<string[]> {
    const before = await placedByPeople()
    const made = newNote({
      mood: each.isLiked ? 'liked' : 'embarrassed',
      words: each.words.join(' '),
      place: pagePlace({ route: `/place/${'abcd'[each.place]}` }),
      service: each.service,
      ...(each.isLiked ? {} : { wince: each.wince as Note['wince'] }),
    })
    await world.note(made, each.leader)
    alive.push({ note: made, leader: each.leader })
    if (each.asks !== null) await ask(made, each.asks)
    const after = await placedByPeople()
    const isSticky = before.every((row) => after.includes(row))
    return isSticky ? [] : ['the machine moved what a person had placed']
  }

  /** As the engine does where it is not sure: a note alone in its entry may be the same as another. */
  async function ask(made: Note, which: number): Promise<void> {
    const own = await world.shownAt(made.id)
    const entries = await world.entries()
    const isAlone = entries.some(({ number, notes }) => number === own && notes === 1)
    const other = one(
      entries.filter(
        ({ mood, number, state }) =>
          mood === made.mood && number !== own && !['merged', 'withdrawn'].includes(state),
      ),
      which,
    )
    if (!isAlone || other === undefined) return
    if (await world.propose(made.id, other.id)) count('asked')
  }

  function toAsked(each: Extract<Act, { kind: 'decide' }>, entries: EntryState[]): Asked {
    const noteIds = [...new Set(each.notes.map((which) => one(alive, which)?.note.id ?? newId()))]
    const entry = one(entries, each.entry)?.number ?? 1
    const into = one(entries, each.into)?.number ?? 1
    const { what } = each
    switch (what) {
      case 'confirm':
      case 'own':
      case 'later':
        return { what, noteIds }
      case 'suggest':
      case 'move':
        return { what, noteIds, entry }
      case 'decline':
        return { what, noteIds, reason: 'Not ours.' }
      case 'split':
        return { what, noteIds, entry }
      case 'merge':
        return { what, entry, into, noteIds: each.notes.length > 1 ? noteIds : [] }
      case 'rename':
        return { what, entry, title: `Title ${each.into % 3}` }
      case 'decline-entry':
        return { what, entry, reason: 'Cannot.' }
      case 'share':
        return { what, entry, thanks: 'Thank you.' }
      case 'service':
        return {
          what,
          noteIds,
          serviceId: each.into % 3 === 0 ? null : (services[each.into % 2] ?? null),
          teach: each.isSentTwice,
        }
      case 'entry-service':
        return {
          what,
          entry,
          serviceId: each.into % 3 === 0 ? null : (services[each.into % 2] ?? null),
        }
    }
  }

  async function decide(each: Extract<Act, { kind: 'decide' }>): Promise<string[]> {
    const entries = await world.entries()
    const highest = entries.at(-1)?.number ?? 0
    const asked = toAsked(each, entries)
    // A split is likelier to be one when the notes are together.
    if (asked.what === 'split') {
      const [first] = asked.noteIds
      asked.entry = (await world.shownAt(first ?? '')) ?? asked.entry
    }
    const before = await standingOf(world, highest)
    const decision = await world.decide(asked, { by: each.by })
    count(`${each.what} ${decision.status}`)
    if (decision.status !== 'done') {
      const after = await standingOf(world, highest)
      return differ(before, after, 'a refused decision changed something')
    }
    if (each.isSentTwice) {
      const once = await standingOf(world, 1_000)
      const again = await world.decide(asked, { id: decision.id, by: each.by })
      const wrong = differ(once, await standingOf(world, 1_000), 'sent twice')
      if (wrong.length > 0) return wrong
      if (JSON.stringify(again) !== JSON.stringify(decision))
        return ['another answer the second time']
    }
    const lost = nowhere(entries, await world.entries())
    if (lost.length > 0) return [`numbers that lead nowhere: ${lost.join(' ')}`]
    if (!each.isUndoneAtOnce) {
      decided.push({ id: decision.id, isUndone: false })
      return []
    }
    const undone = await world.undo(decision.id)
    count(`${each.what} undone`)
    if (undone.status !== 'done') return [`the undo was ${JSON.stringify(undone)}`]
    if (undone.outcome.failed.length > 0) return [`left: ${JSON.stringify(undone.outcome.failed)}`]
    const after = await standingOf(world, highest)
    // The end of a merge keeps its halves apart.
    const pairs = (line: string) => each.what === 'merge' && line.includes('other_id')
    return differ(
      before.filter((line) => !pairs(line)),
      after.filter((line) => !pairs(line)),
      'undo restored something else',
    )
  }

  async function undo(which: number): Promise<string[]> {
    const chosen = one(decided, which)
    if (chosen === undefined) return []
    const undone = await world.undo(chosen.id, { by: which % 2 })
    count(`undo later ${undone.status}`)
    if (undone.status !== 'done') return [`an undo was ${JSON.stringify(undone)}`]
    if (undone.outcome.failed.length > 0) count('undo left something')
    const again = await world.undo(undone.outcome.decision.id)
    return again.status === 'refused' ? [] : ['an undo was undone']
  }

  async function recall(which: number): Promise<string[]> {
    const chosen = one(alive, which)
    if (chosen === undefined) return []
    alive.splice(alive.indexOf(chosen), 1)
    await world.recall(chosen.note.id, chosen.leader)
    count('recall')
    const tables = [
      'triage',
      'proposal',
      'entry_note',
      'decision_step',
      'decision_note',
      'never_group',
    ]
    const left = await Promise.all(
      tables.map((table) =>
        world.rows(`SELECT note_id FROM ${table} WHERE note_id = ?1`, chosen.note.id),
      ),
    )
    return left.flat().length === 0 ? [] : ['something of a recalled note was left']
  }

  /** As the register will do it: a new note on a closed entry opens it again. */
  async function close(which: number): Promise<string[]> {
    const chosen = one(
      (await world.entries()).filter(({ state }) => ['new', 'reopened'].includes(state)),
      which,
    )
    if (chosen !== undefined)
      await world.rows(
        "UPDATE entry SET state = 'closed', version = version + 1 WHERE id = ?1",
        chosen.id,
      )
    return []
  }

  return {
    play(each: Act): Promise<string[]> {
      switch (each.kind) {
        case 'note':
          return note(each)
        case 'decide':
          return decide(each)
        case 'undo':
          return undo(each.which)
        case 'recall':
          return recall(each.which)
        case 'close':
          return close(each.which)
      }
    },
  }
}

/** Entries that showed something, show nothing now, and do not say where it went. */
function nowhere(before: EntryState[], after: EntryState[]): number[] {
  return after.flatMap(({ number, notes, merged_into: target }) => {
    const had = before.find((entry) => entry.number === number)?.notes ?? 0
    return had > 0 && notes === 0 && target === null ? number : []
  })
}

function differ(before: string[], after: string[], what: string): string[] {
  const lost = before.filter((line) => !after.includes(line))
  const more = after.filter((line) => !before.includes(line))
  return lost.length + more.length === 0
    ? []
    : [`${what}: was ${lost.slice(0, 3).join(' ')} is ${more.slice(0, 3).join(' ')}`]
}
