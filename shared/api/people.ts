import * as v from 'valibot'

import { type Call, Nothing, pathPart } from '#shared/api/call'
import { Id } from '#shared/id'
import { GivenRole, Name, Role } from '#shared/people'
import { PrivateWords } from '#shared/private-words'
import { Slug } from '#shared/slug'
import { Ms } from '#shared/text'

export const AddPerson = v.strictObject({ name: Name, role: GivenRole })

/** What is not there stays as it is. The culture mark is the owner's to give. */
export const ChangePerson = v.strictObject({
  name: v.exactOptional(Name),
  role: v.exactOptional(GivenRole),
  culture: v.exactOptional(v.boolean()),
})

export const ChangeWorkspace = v.strictObject({
  name: v.exactOptional(Name),
  coverEverything: v.exactOptional(v.boolean()),
  privateWords: v.exactOptional(PrivateWords),
  clocksOnWeekends: v.exactOptional(v.boolean()),
  /** The name of the public page; null takes it away. */
  slug: v.exactOptional(v.nullable(Slug)),
})

export const Person = v.looseObject({
  id: Id,
  name: v.string(),
  role: Role,
  culture: v.boolean(),
  createdAt: Ms,
  /** Has something to sign in with. */
  joined: v.boolean(),
})
export type Person = v.InferOutput<typeof Person>

const Workspace = v.looseObject({
  id: Id,
  name: v.string(),
  coverEverything: v.boolean(),
  clocksOnWeekends: v.boolean(),
  slug: v.nullable(v.string()),
  privateWords: v.array(v.string()),
  createdAt: Ms,
})

const AuditEntry = v.looseObject({
  number: v.number(),
  at: Ms,
  actor: v.string(),
  what: v.string(),
  detail: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
  hash: v.string(),
})

/** /app, the people of a workspace, its settings and its log. */
export function peopleApi(call: Call) {
  return {
    listPeople: () =>
      call({
        method: 'GET',
        path: '/app/people',
        answer: v.looseObject({ people: v.array(Person) }),
      }),

    addPerson: (json: v.InferInput<typeof AddPerson>) =>
      call({ method: 'POST', path: '/app/people', json, answer: Person }),

    changePerson: (id: string, json: v.InferInput<typeof ChangePerson>) =>
      call({ method: 'PATCH', path: pathOf(id), json, answer: Person }),

    /** Ends their sessions and disconnects their browsers; what they noted stays. */
    removePerson: (id: string) => call({ method: 'DELETE', path: pathOf(id), answer: Nothing }),

    /** A link that works once within 72 hours; one made before stops working. */
    invite: (id: string) =>
      call({
        method: 'POST',
        path: `${pathOf(id)}/invite`,
        json: {},
        answer: v.looseObject({ link: v.string(), expiresAt: Ms }),
      }),

    /** A code that signs this person in once within 15 minutes. */
    makeSignInCode: (id: string) =>
      call({
        method: 'POST',
        path: `${pathOf(id)}/sign-in-code`,
        json: {},
        answer: v.looseObject({ code: v.string(), expiresAt: Ms }),
      }),

    endSessionsOf: (id: string) =>
      call({
        method: 'DELETE',
        path: `${pathOf(id)}/sessions`,
        answer: v.looseObject({ ended: v.number() }),
      }),

    getWorkspace: () => call({ method: 'GET', path: '/app/workspace', answer: Workspace }),

    changeWorkspace: (json: v.InferInput<typeof ChangeWorkspace>) =>
      call({ method: 'PATCH', path: '/app/workspace', json, answer: Workspace }),

    /** A page of the log, newest first; `before` is the lowest number of the page before. */
    listAudit: (before?: number) =>
      call({
        method: 'GET',
        path: before === undefined ? '/app/audit' : `/app/audit?before=${before}`,
        answer: v.looseObject({ entries: v.array(AuditEntry), more: v.boolean() }),
      }),

    /** Follows the chain from its start, or from where the last check stopped. */
    checkAudit: (after?: number) =>
      call({
        method: 'GET',
        path: after === undefined ? '/app/audit/check' : `/app/audit/check?after=${after}`,
        answer: v.looseObject({
          brokenAt: v.nullable(v.number()),
          checkedTo: v.number(),
          more: v.boolean(),
        }),
      }),
  }
}
export type PeopleApi = ReturnType<typeof peopleApi>

function pathOf(personId: string): string {
  return `/app/people/${pathPart(personId)}`
}
