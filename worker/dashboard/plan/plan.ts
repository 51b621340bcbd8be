import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Person } from '#shared/api/people'
import type { CoveredService, NewPlanLine, PlanKind, PlanLine, ShiftLog } from '#shared/api/plan'

import { load, sentenceOf, type Load } from '../load'

type PlanPageApi = Pick<
  ApiClient,
  'readPlan' | 'addToPlan' | 'dropFromPlan' | 'readCoverage' | 'readShiftLog' | 'listPeople'
>

/** All that the page shows. */
interface Shown {
  lines: PlanLine[]
  services: CoveredService[]
  shifts: ShiftLog
  people: Person[]
}

/** What became of the last thing that somebody did. */
type Said =
  | { what: 'nothing' }
  | { what: 'added'; line: PlanLine }
  | { what: 'dropped'; line: PlanLine }
  | { what: 'failed'; sentence: string }

/** A line while somebody fills it in. */
type Form = Omit<NewPlanLine, 'service'> & { service: string }

/** Who walks what by when, and what nobody has walked. */
export const PlanModel = createModel((deps: { api: PlanPageApi; today: string }) => {
  const { api } = deps
  const state = signal<Load<Shown>>({ status: 'loading' })
  const said = signal<Said>({ what: 'nothing' })
  const isWorking = signal(false)
  const form = signal(emptyForm(deps.today))

  const reload = () =>
    load(state, async () => {
      const [{ lines }, { services }, shifts, { people }] = await Promise.all([
        api.readPlan(),
        api.readCoverage(),
        api.readShiftLog(),
        api.listPeople(),
      ])
      return { lines, services, shifts, people }
    })

  /** One thing at a time; says how it went, and never rejects. */
  async function act(work: () => Promise<Said>): Promise<void> {
    if (isWorking.peek()) return
    isWorking.value = true
    try {
      said.value = await work()
      await reload()
    } catch (error) {
      said.value = { what: 'failed', sentence: sentenceOf(error) }
    }
    isWorking.value = false
  }

  const add = ({ service, what, ...line }: Form) =>
    act(async () => {
      const named = service.trim()
      const added = await api.addToPlan({
        ...line,
        what: line.kind === 'shift' ? '' : what.trim(),
        service: named === '' ? null : named,
      })
      form.value = { ...emptyForm(deps.today), personId: line.personId, due: line.due }
      return { what: 'added', line: added }
    })

  return {
    state,
    said,
    isWorking,
    form,
    reload,
    /** Somebody walks something by some day: all else may stay open. */
    canAdd: computed(() => form.value.personId !== '' && form.value.due !== ''),

    put(change: Partial<Form>): void {
      form.value = { ...form.peek(), ...change }
    },
    add: () => add(form.peek()),
    drop: (line: PlanLine) =>
      act(async () => {
        await api.dropFromPlan(line.id)
        return { what: 'dropped', line }
      }),
    /** Puts back what was taken off. */
    async undo(): Promise<void> {
      const last = said.peek()
      if (last.what === 'dropped') await add(toForm(last.line))
      else if (last.what === 'added')
        await act(async () => {
          await api.dropFromPlan(last.line.id)
          return { what: 'nothing' }
        })
    },
    dismiss(): void {
      said.value = { what: 'nothing' }
    },
  }
})
export type Plan = InstanceType<typeof PlanModel>

const WEEK_MS = 7 * 24 * 3_600_000

/** @param today as `2026-11-28` */
function emptyForm(today: string): Form {
  const due = new Date(Date.parse(today) + WEEK_MS).toISOString().slice(0, 10)
  return { personId: '', kind: 'errand', what: '', service: '', due }
}

function toForm({ personId, kind, what, service, due }: PlanLine): Form {
  return { personId, kind, what, service: service ?? '', due }
}

export const KIND_WORDS = {
  errand: 'An errand',
  call: 'A call',
  shift: 'A desk shift',
} as const satisfies Record<PlanKind, string>
