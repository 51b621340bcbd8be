import { computed, createModel, signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'
import type { EntryApi } from '#shared/api/entry'
import { IMPORT_LINES_MAX, type ImportApi, type ImportedLine } from '#shared/api/import'
import type { PeopleApi } from '#shared/api/people'
import type { EntryRow } from '#shared/api/register'

import { sentenceOf } from '../load'
import { changeBy, type LineChange } from './changes'
import {
  type Column,
  type Columns,
  type DayOrder,
  guessColumns,
  guessDayOrder,
  withColumn,
} from './columns'
import { readFile, type Table } from './file'
import { type BadLine, type GoodLine, readLines } from './lines'

type Api = ImportApi & Pick<EntryApi, 'changeEntry'> & Pick<PeopleApi, 'listPeople'>

/** What would become of a line that can be taken. */
export type LinePlan =
  | { is: 'new'; of: GoodLine }
  | { is: 'here'; of: GoodLine; entry: EntryRow; change: Exclude<LineChange, { is: 'bad' }> }

/** What would happen, line by line. */
export interface Plan {
  lines: LinePlan[]
  bad: BadLine[]
}

/** One thing at a time; `failed` keeps what was done and can be gone on with. */
export type Doing =
  | { what: 'nothing' }
  | { what: 'looking' | 'bringing'; done: number; of: number }
  | { what: 'failed'; sentence: string }

/** What happened so far. */
export interface Done {
  opened: number[]
  changed: number[]
  bad: BadLine[]
  /** Everything that was asked for has been tried. */
  isWhole: boolean
}

const NOTHING_DONE: Done = { opened: [], changed: [], bad: [], isWhole: false }

/** A file of somebody else's list, looked at and then brought in; whatever fails, it can be done again. */
export const ImportModel = createModel(({ api }: { api: Api }) => {
  const table = signal<Table | null>(null)
  const trouble = signal<string | null>(null)
  const columns = signal<Columns>([])
  const dayOrder = signal<DayOrder | undefined>(undefined)
  const plan = signal<Plan | null>(null)
  const changesToo = signal(false)
  const doing = signal<Doing>({ what: 'nothing' })
  const done = signal<Done>(NOTHING_DONE)
  const isBusy = computed(() => doing.value.what === 'looking' || doing.value.what === 'bringing')

  /** How days with slashes are written, as far as the file says; `none` where it has no such day. */
  const shownDayOrder = computed(() => {
    const at = columns.value.indexOf('due')
    return guessDayOrder((table.value?.rows ?? []).map(({ fields }) => fields[at] ?? ''))
  })
  const asksDayOrder = computed(() => shownDayOrder.value === undefined)

  const startAnew = () => {
    plan.value = null
    done.value = NOTHING_DONE
    doing.value = { what: 'nothing' }
  }

  /** Asks about each batch in turn, and says how far it is. */
  async function inBatches<Line>(
    what: 'looking' | 'bringing',
    lines: readonly Line[],
    of: number,
    act: (batch: readonly Line[]) => Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < lines.length; from += IMPORT_LINES_MAX) {
      // oxlint-disable-next-line no-await-in-loop -- one batch after the other, in the file's order
      await act(lines.slice(from, from + IMPORT_LINES_MAX))
      doing.value = { what, done: Math.min(of, from + IMPORT_LINES_MAX), of }
    }
  }

  async function findPlan(read: Table): Promise<Plan> {
    const { people } = await api.listPeople()
    const order = dayOrder.peek() ?? shownDayOrder.peek()
    const { good, bad } = readLines(read, {
      columns: columns.peek(),
      dayOrder: order === undefined || order === 'none' ? 'day-first' : order,
      people,
    })
    const lines: LinePlan[] = []
    await inBatches('looking', good, good.length, async (batch) => {
      const answer = await api.importEntries({
        file: read.name,
        isDryRun: true,
        lines: batch.map(({ asked }) => asked),
      })
      for (const [index, of] of batch.entries()) {
        const judged = judge(of, answer.lines[index])
        if ('problem' in judged) bad.push(judged)
        else lines.push(judged)
      }
    })
    return { lines, bad: bad.toSorted((one, other) => one.line - other.line) }
  }

  const isTried = (at: number) => {
    const { opened, changed, bad } = done.peek()
    return opened.includes(at) || changed.includes(at) || bad.some(({ line }) => line === at)
  }

  async function openNew(file: string, toDo: number): Promise<void> {
    const fresh = (plan.peek()?.lines ?? []).flatMap((line) =>
      line.is === 'new' && !isTried(line.of.asked.line) ? line.of.asked : [],
    )
    await inBatches('bringing', fresh, toDo, async (batch) => {
      const { lines } = await api.importEntries({ file, isDryRun: false, lines: [...batch] })
      const bad = lines.flatMap((line) => (line.is === 'refused' ? line : []))
      // One that an answer which was lost had opened already is in, too.
      const opened = lines.flatMap((line) => (line.is === 'refused' ? [] : line.line))
      done.value = {
        ...done.peek(),
        opened: [...done.peek().opened, ...opened],
        bad: [...done.peek().bad, ...bad],
      }
    })
  }

  /** One after the other: each is somebody's entry, and is refused like any other change. */
  async function changeKnown(file: string, toDo: number): Promise<void> {
    for (const line of plan.peek()?.lines ?? []) {
      const at = line.of.asked.line
      if (line.is !== 'here' || line.change.is !== 'change' || isTried(at)) continue
      const { number, version } = line.entry
      try {
        // oxlint-disable-next-line no-await-in-loop -- see above
        await api.changeEntry(number, { version, ...line.change.values })
        done.value = { ...done.peek(), changed: [...done.peek().changed, at] }
      } catch (error) {
        if (!isOfLine(error)) throw error
        // oxlint-disable-next-line no-await-in-loop -- see above
        const isThere = await isAsAsked(file, line.of)
        done.value = isThere
          ? { ...done.peek(), changed: [...done.peek().changed, at] }
          : { ...done.peek(), bad: [...done.peek().bad, { line: at, problem: error.message }] }
      }
      const { opened, changed, bad } = done.peek()
      doing.value = {
        what: 'bringing',
        done: opened.length + changed.length + bad.length,
        of: toDo,
      }
    }
  }

  /** An answer that was lost had changed it already. */
  async function isAsAsked(file: string, of: GoodLine): Promise<boolean> {
    const { lines } = await api.importEntries({ file, isDryRun: true, lines: [of.asked] })
    const judged = judge(of, lines[0])
    return 'is' in judged && judged.is === 'here' && judged.change.is === 'same'
  }

  return {
    table,
    trouble,
    columns,
    dayOrder,
    shownDayOrder,
    asksDayOrder,
    plan,
    changesToo,
    doing,
    done,
    isBusy,
    canLook: computed(
      () =>
        columns.value.includes('title') &&
        !isBusy.value &&
        !(asksDayOrder.value && dayOrder.value === undefined),
    ),

    /** Takes the place of the file before; one that cannot be read leaves none. */
    async choose(file: File): Promise<void> {
      startAnew()
      const read = readFile(file.name, new Uint8Array(await file.arrayBuffer()))
      trouble.value = 'problem' in read ? read.problem : null
      table.value = 'table' in read ? read.table : null
      columns.value = 'table' in read ? guessColumns(read.table) : []
      dayOrder.value = undefined
    },
    setColumn(at: number, column: Column | null): void {
      startAnew()
      columns.value = withColumn(columns.peek(), at, column)
    },
    setDayOrder(order: DayOrder): void {
      startAnew()
      dayOrder.value = order
    },

    /** What would happen; nothing does. Never rejects. */
    async look(): Promise<void> {
      const read = table.peek()
      if (read === null || isBusy.peek()) return
      startAnew()
      doing.value = { what: 'looking', done: 0, of: read.rows.length }
      try {
        plan.value = await findPlan(read)
        doing.value = { what: 'nothing' }
      } catch (error) {
        doing.value = { what: 'failed', sentence: sentenceOf(error) }
      }
    },

    /** Does what was looked at, or goes on with it. Never rejects. */
    async bringIn(): Promise<void> {
      const [read, planned] = [table.peek(), plan.peek()]
      if (read === null || planned === null || isBusy.peek()) return
      const { opens, changes } = sumsOf(planned)
      const toDo = opens + (changesToo.peek() ? changes : 0)
      doing.value = { what: 'bringing', done: 0, of: toDo }
      try {
        await openNew(read.name, toDo)
        if (changesToo.peek()) await changeKnown(read.name, toDo)
        done.value = { ...done.peek(), isWhole: true }
        doing.value = { what: 'nothing' }
      } catch (error) {
        doing.value = { what: 'failed', sentence: sentenceOf(error) }
      }
    },
  }
})
export type Import = InstanceType<typeof ImportModel>

/** True for what is wrong with one line; who is signed out, or asks too often, goes on later. */
function isOfLine(error: unknown): error is ApiError {
  return error instanceof ApiError && [404, 409, 422].includes(error.status)
}

/** How many lines would do what. */
export function sumsOf({ lines, bad }: Plan) {
  const count = (fits: (line: LinePlan) => boolean) => lines.filter(fits).length
  return {
    opens: count(({ is }) => is === 'new'),
    changes: count((line) => line.is === 'here' && line.change.is === 'change'),
    stay: count((line) => line.is === 'here' && line.change.is === 'same'),
    bad: bad.length,
  }
}

function judge(of: GoodLine, answer: ImportedLine | undefined): LinePlan | BadLine {
  const { line } = of.asked
  if (answer === undefined) return { line, problem: 'The server said nothing of it. Look again.' }
  if (answer.is === 'refused') return { line, problem: answer.problem }
  if (answer.is === 'new') return { is: 'new', of }
  const change = changeBy(of, answer.entry)
  return change.is === 'bad'
    ? { line, problem: change.problem }
    : { is: 'here', of, entry: answer.entry, change }
}
