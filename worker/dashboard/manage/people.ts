import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Person } from '#shared/api/people'
import type { GivenRole } from '#shared/people'

import { load, sentenceOf, type Load } from '../load'

/** Something made for a person that is shown this once. */
export type Handed =
  | { what: 'invite'; person: Person; link: string; expiresAt: number }
  | { what: 'code'; person: Person; code: string; expiresAt: number }

type PeopleApi = Pick<
  ApiClient,
  | 'listPeople'
  | 'addPerson'
  | 'changePerson'
  | 'removePerson'
  | 'invite'
  | 'makeSignInCode'
  | 'endSessionsOf'
>

export const PeopleModel = createModel((api: PeopleApi) => {
  const state = signal<Load<Person[]>>({ status: 'loading' })
  const name = signal('')
  const role = signal<GivenRole>('walker')
  const status = signal<'resting' | 'working'>('resting')
  const problem = signal('')
  /** What just happened, in a sentence. */
  const said = signal('')
  const handed = signal<Handed | null>(null)
  const canAdd = computed(() => name.value.trim() !== '' && status.value === 'resting')

  const reload = () => load(state, async () => (await api.listPeople()).people)

  /** Does one thing at a time and says how it went. */
  async function act(work: () => Promise<string>): Promise<void> {
    status.value = 'working'
    problem.value = ''
    said.value = ''
    try {
      said.value = await work()
    } catch (error) {
      problem.value = sentenceOf(error)
    }
    status.value = 'resting'
    await reload()
  }

  async function hand(made: Promise<Handed>): Promise<string> {
    handed.value = await made
    return ''
  }

  return {
    state,
    name,
    role,
    status,
    problem,
    said,
    handed,
    canAdd,
    reload,

    setName(text: string) {
      name.value = text
    },
    setRole(given: GivenRole) {
      role.value = given
    },

    add: () =>
      act(async () => {
        const person = await api.addPerson({ name: name.peek().trim(), role: role.peek() })
        name.value = ''
        handed.value = null
        return `${person.name} is here now.`
      }),

    changeRole: (person: Person, given: GivenRole) =>
      act(async () => {
        await api.changePerson(person.id, { role: given })
        return `${person.name} has another role now.`
      }),

    invite: (person: Person) =>
      act(() => hand(api.invite(person.id).then((made) => ({ what: 'invite', person, ...made })))),

    makeSignInCode: (person: Person) =>
      act(() =>
        hand(api.makeSignInCode(person.id).then((made) => ({ what: 'code', person, ...made }))),
      ),

    endSessions: (person: Person) =>
      act(async () => {
        const { ended } = await api.endSessionsOf(person.id)
        return ended === 0
          ? `${person.name} was signed in nowhere.`
          : `${person.name} is signed out everywhere.`
      }),

    remove: (person: Person) =>
      act(async () => {
        await api.removePerson(person.id)
        return `${person.name} was removed. What they noted stays.`
      }),

    putAway() {
      handed.value = null
    },
  }
})
export type People = InstanceType<typeof PeopleModel>
