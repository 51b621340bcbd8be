import type { Chance } from './chance'

/**
 * Something that runs and may be killed at any await: a context of the extension, a request in
 * the worker. What a dead one waits for never comes.
 */
export interface Life {
  name: string
  alive: boolean
}

interface Waiter {
  life: Life
  label: string
  /** Not before so many picks have gone by. */
  due: number
  go(): void
}

/** From then on somebody goes round for ever, and has to wait like everybody else. */
const MOST_HURRIED = 5_000

/**
 * Decides who goes on. Whatever takes time in the real world (a trip over the network, a call to
 * the database, a transaction on a disk) waits here until chance picks it; between two picks
 * everything that can run has run. So one seed is one history.
 */
export class Scheduler {
  readonly #chance: Chance
  readonly #note: (line: string) => void
  readonly #pending = new Set<Promise<unknown>>()
  #waiters: Waiter[] = []
  #tick = 0
  #hurried = 0
  /** One thing is done after the other, so nobody is there to overtake: what takes time takes none. */
  isAlone = false

  constructor(chance: Chance, note: (line: string) => void) {
    this.#chance = chance
    this.#note = note
  }

  /** Where a life may be overtaken, or killed. */
  point(life: Life, label: string, delay = 0): Promise<void> {
    if (!life.alive) return never()
    if (this.isAlone && this.#hurried < MOST_HURRIED) {
      this.#hurried += 1
      return Promise.resolve()
    }
    return new Promise((go) => {
      this.#waiters.push({ life, label, due: this.#tick + delay, go })
    })
  }

  /** Goes on until somebody is about to do something of that kind, or `most` picks, and makes them wait. */
  async holdBack(kind: string, most: number, delay: number): Promise<void> {
    const isOne = ({ life, label }: Waiter) => life.alive && label.startsWith(kind)
    for (let pick = 0; pick < most && !this.#waiters.some(isOne); pick += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what makes a history
      if (!(await this.#step())) return
    for (const waiter of this.#waiters.filter(isOne)) waiter.due = this.#tick + delay
  }

  /** Real work that takes real time: nobody else goes on before it ends. */
  async track<Result>(work: Promise<Result>): Promise<Result> {
    this.#pending.add(work)
    try {
      return await work
    } finally {
      this.#pending.delete(work)
    }
  }

  /** Picks so many times, or until nobody waits. */
  async run(picks: number): Promise<void> {
    await this.#settle()
    for (let pick = 0; pick < picks; pick += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what makes a history
      if (!(await this.#step())) return
    }
  }

  /** @returns false when somebody was still at it after `most` picks */
  async drain(most: number): Promise<boolean> {
    this.#hurried = 0
    await this.run(most)
    return this.#waiters.every(({ life }) => !life.alive)
  }

  async #step(): Promise<boolean> {
    this.#waiters = this.#waiters.filter(({ life }) => life.alive)
    if (this.#waiters.length === 0) return false
    this.#tick += 1
    let due = this.#waiters.filter((waiter) => waiter.due <= this.#tick)
    if (due.length === 0) {
      this.#tick = Math.min(...this.#waiters.map((waiter) => waiter.due))
      due = this.#waiters.filter((waiter) => waiter.due <= this.#tick)
    }
    const picked = this.#chance.pick(due)
    this.#waiters.splice(this.#waiters.indexOf(picked), 1)
    this.#note(`${picked.life.name} ${picked.label}`)
    picked.go()
    await this.#settle()
    return true
  }

  async #settle(): Promise<void> {
    do {
      // oxlint-disable-next-line no-await-in-loop -- until nothing is under way
      if (this.#pending.size > 0) await Promise.allSettled(this.#pending)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await macrotask()
    } while (this.#pending.size > 0)
  }
}

/** A promise that nobody keeps. */
function never(): Promise<never> {
  return new Promise(() => {})
}

const { setImmediate: soon } = globalThis as unknown as { setImmediate?: (go: () => void) => void }

/** When it resolves, all microtasks have run. */
function macrotask(): Promise<void> {
  return new Promise((go) => {
    if (soon) soon(() => go())
    else setTimeout(go, 0)
  })
}
