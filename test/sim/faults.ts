import type { Chance } from './chance'

/** Everything that may go wrong, by the name it is counted under. */
export const FAULTS = [
  'offline',
  'request-lost',
  'request-late',
  'answer-lost',
  'duplicate',
  'late-duplicate',
  'error-before',
  'error-after',
  'refused-whole',
  'database-fails',
  'database-lost-before',
  'database-lost-after',
  'worker-killed',
  'disk-full',
  'device-killed',
  'background-killed',
  'clock-jump',
  'token-revoked',
  'restore',
  'profile-cloned',
  'role-changed',
  'newer-client',
  'newer-server',
  'older-server',
  'poison-op',
  'too-old',
  'picture-cut',
  'picture-flipped',
  'no-lock',
  'paired-elsewhere',
] as const
export type Fault = (typeof FAULTS)[number]

const FAVOURITES = 4

/**
 * Which faults a schedule has, and how often. Each schedule leaves some of them out: two that
 * always come together hide what one of them does alone.
 */
export class Faults {
  readonly counts: Partial<Record<Fault, number>> = {}
  readonly #chance: Chance
  readonly #enabled: ReadonlySet<Fault>
  readonly #weight: number
  /** Some strike again and again: two rare ones together are what nobody thought of. */
  readonly #favourites: ReadonlySet<Fault>
  #healed = false

  constructor(chance: Chance) {
    this.#chance = chance
    const share = 0.3 + chance.next() * 0.7
    this.#enabled = new Set(FAULTS.filter(() => chance.hit(share)))
    this.#weight = 0.5 + chance.next() * 1.5
    const enabled = [...this.#enabled]
    this.#favourites = new Set(
      enabled.length === 0 ? [] : Array.from({ length: FAVOURITES }, () => chance.pick(enabled)),
    )
  }

  /** Whether it strikes now; `probability` for a schedule of middling bad luck. */
  strikes(fault: Fault, probability: number): boolean {
    if (this.#healed || !this.#enabled.has(fault)) return false
    const weight = this.#weight * (this.#favourites.has(fault) ? 3 : 1)
    if (!this.#chance.hit(probability * weight)) return false
    this.count(fault)
    return true
  }

  count(fault: Fault): void {
    this.counts[fault] = (this.counts[fault] ?? 0) + 1
  }

  heal(): void {
    this.#healed = true
  }
}
