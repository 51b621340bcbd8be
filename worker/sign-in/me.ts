import type { Me } from '#shared/api/sign-in'

import type { Db } from '../database/open'
import { findPerson } from '../people/queries'
import { findWorkspace } from '../workspace/queries'

/** What the dashboard shows of whoever just signed in. @throws when they are gone: a door let them in */
export async function whoIs(db: Db, workspaceId: string, personId: string): Promise<Me> {
  const [person, workspace] = await Promise.all([
    findPerson(db, workspaceId, personId),
    findWorkspace(db, workspaceId),
  ])
  if (!person || !workspace) throw new Error('somebody signed in is not there')
  return {
    person: { id: person.id, name: person.name, role: person.role, culture: person.culture },
    workspace: {
      id: workspace.id,
      name: workspace.name,
      coverEverything: workspace.coverEverything,
    },
  }
}
