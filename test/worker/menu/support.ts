import type { MenuMap } from '#shared/api/menu'
import type { CallersCall } from '#shared/menu-tree'

import { newPart, newWalk, partOp } from '../../support/ops'
import { lineOf, stepsOf } from '../../support/menu-calls'
import { type Member, newMember, newWorkspace } from '../support/workspace'
import { type Device, newSender, push } from '../sync/support'

const OPS_A_PUSH = 10

/** A workspace with a reviewer, whose leaders are there once they call. */
export async function newMenus() {
  const workspace = await newWorkspace()
  const reviewer: Member = await newMember(workspace, 'reviewer')
  const leaders = new Map<string, Promise<{ device: Device; mid: number }>>()
  const leader = (name: string) => {
    const known =
      leaders.get(name) ?? newSender({ workspace }).then((device) => ({ device, mid: 0 }))
    leaders.set(name, known)
    return known
  }
  return {
    workspace,
    reviewer,
    client: reviewer.client,
    leader: async (name: string) => (await leader(name)).device,
    /** The number that this leader's next op has. */
    nextMid: async (name: string) => ((await leader(name)).mid += 1),
    /** Sends calls as their callers' browsers do, a walk each. @returns the walks, in the order of the calls */
    async call(calls: readonly CallersCall[], number?: string): Promise<string[]> {
      const walks = calls.map(({ call }) => newWalk({ startedAt: call.dialledAt }))
      const callers = [...new Set(calls.map(({ callerId }) => callerId))]
      for (const caller of callers) {
        // oxlint-disable-next-line no-await-in-loop -- numbers of one browser count up in order
        const sender = await leader(caller)
        const ops = calls.flatMap((each, index) => {
          const walk = walks[index]
          if (each.callerId !== caller || walk === undefined) return []
          return [partOp((sender.mid += 1), newPart({ walk, steps: stepsOf(each, number) }))]
        })
        for (let from = 0; from < ops.length; from += OPS_A_PUSH) {
          // oxlint-disable-next-line no-await-in-loop -- in their order, as a browser sends them
          const results = await push(sender.device, ops.slice(from, from + OPS_A_PUSH))
          const refused = results.find(({ status }) => status !== 'applied')
          if (refused) throw new Error(`not taken: ${JSON.stringify(refused)}`)
        }
      }
      return walks.map(({ id }) => id)
    },
  }
}
export type Menus = Awaited<ReturnType<typeof newMenus>>

/** A map as a person would draw it. */
export function drawn({ nodes }: Pick<MenuMap, 'nodes'>): string {
  return nodes.map((node) => lineOf(node, node.path.at(-1) ?? null, node.path.length)).join('\n')
}
