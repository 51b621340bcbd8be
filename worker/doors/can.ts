import type { Role } from '#shared/people'

import type { Subject } from '../app-env'

/**
 * How far a right reaches. `any`: every row of the workspace. `own`: the subject's own rows.
 * `below`: everybody's rows but the owner's and those of people who may see culture reviews,
 * so that no admin can become one of them by signing in as them.
 */
type Reach = 'any' | 'below' | 'own'

/** What a row must say for `can` to judge it. */
export interface Row {
  workspaceId: string
  /** Whose row it is, or whom it is about. */
  personId?: string
  role?: Role
  culture?: boolean
}

/** A device has a walker's capture rights only, whatever its person's role: it has its own column. */
type Column = Role | 'device'

type Rights = Partial<Record<Column, Reach>>

const everybody = { owner: 'any', admin: 'any', reviewer: 'any', viewer: 'any' } satisfies Rights
const triage = { owner: 'any', admin: 'any', reviewer: 'any' } satisfies Rights
const managers = { owner: 'any', admin: 'any' } satisfies Rights
const managersBelow = { owner: 'any', admin: 'below' } satisfies Rights
const oneself = {
  owner: 'own',
  admin: 'own',
  reviewer: 'own',
  viewer: 'own',
  walker: 'own',
} satisfies Rights

/** Who may do what. What is not written here is denied. */
const RIGHTS = {
  // capture, from a paired browser
  'sync.push': { device: 'own' },
  'sync.pull': { device: 'own' },
  'picture.put': { device: 'own' },
  'device.self': { device: 'own' },

  // register
  'home.read': everybody,
  'entry.read': everybody,
  'entry.change': triage,
  // Views of the register: everybody who reads it keeps their own.
  'view.keep': everybody,
  'picture.read': { ...everybody, walker: 'own' },
  'triage.read': everybody,
  'triage.decide': triage,
  'service.read': everybody,
  'service.change': triage,
  'menu.read': everybody,
  'menu.change': triage,
  'walk.read': { ...everybody, walker: 'own' },

  // what customers are promised and told
  'follow-up.read': everybody,
  'follow-up.change': triage,
  'message.read': everybody,
  'message.change': triage,
  'playbook.read': everybody,
  'playbook.change': triage,

  // walks and shifts
  'plan.read': everybody,
  'plan.change': triage,
  'coverage.read': everybody,
  // A person's own list is for that person and the owner (rule 6).
  'coverage.own': { ...oneself, owner: 'any' },

  // oneself
  'self.read': oneself,
  'self.change': oneself,

  // people
  'person.read': everybody,
  'person.add': managers,
  'person.change': managersBelow,
  'person.culture': { owner: 'any' },
  'person.remove': managersBelow,
  'person.invite': managersBelow,
  'person.sign-out': managersBelow,
  'pairing.create': { ...oneself, ...managers },
  'device.read': { ...oneself, ...managers },
  'device.revoke': { ...oneself, ...managers },

  // workspace
  'workspace.read': everybody,
  'workspace.change': managers,
  'audit.read': managers,
} as const satisfies Record<string, Rights>

export type Action = keyof typeof RIGHTS

/**
 * The one place that says who may do what; deny by default. Without a row: may the subject do
 * this to anything at all? With one: to this very row?
 */
export function can(subject: Subject, action: Action, row?: Row): boolean {
  const rights: Rights = RIGHTS[action]
  const reach = rights[subject.kind === 'device' ? 'device' : subject.role]
  if (!reach) return false
  if (!row) return true
  if (row.workspaceId !== subject.workspaceId) return false
  switch (reach) {
    case 'any':
      return true
    case 'below':
      return row.role !== undefined && row.role !== 'owner' && row.culture === false
    case 'own':
      return row.personId === subject.personId
  }
}
