import type { Role } from '#shared/people'

/** What a role is called on screen: a walker is a leader. */
export const ROLE_WORDS = {
  owner: 'owner',
  admin: 'admin',
  reviewer: 'reviewer',
  viewer: 'viewer',
  walker: 'leader',
} as const satisfies Record<Role, string>

/** What each role is for, in one line. */
export const ROLE_HINTS = {
  owner: 'Everything, and alone the mark for culture reviews',
  admin: 'People, browsers and settings, and the register',
  reviewer: 'Reads and judges the register',
  viewer: 'Reads the register',
  walker: 'Walks and sends from a connected browser',
} as const satisfies Record<Role, string>

export function mayChangeEntries(role: Role): boolean {
  return role === 'owner' || role === 'admin' || role === 'reviewer'
}

export function mayReadRegister(role: Role): boolean {
  return role !== 'walker'
}

export function mayManage(role: Role): boolean {
  return role === 'owner' || role === 'admin'
}
