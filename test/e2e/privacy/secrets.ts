/** What normal mode promises to find, wherever it stands: kinds of DECISIONS 3 and C4. */
export const KINDS = ['email', 'phone', 'card', 'ssn', 'mrn', 'birth', 'jwt', 'own'] as const
type Kind = (typeof KINDS)[number]

/**
 * What carries secrets on a page of the corpus, the place itself first. Each has secrets of its own,
 * so that what is found tells where it came from: a number to count from, and a word for the
 * organisation's list. Those of the path run through numbers that look like years.
 */
const CARRIERS = {
  place: [1_000, 'Otter'],
  path: [1_800, 'Badger'],
  title: [2_500, 'Heron'],
  query: [3_000, 'Lynx'],
  breadcrumb: [4_000, 'Marten'],
  field: [5_000, 'Plover'],
  message: [6_000, 'Stoat'],
  typed: [7_000, 'Wigeon'],
} as const
export type Carrier = keyof typeof CARRIERS
const CARRIER_NAMES = Object.keys(CARRIERS) as Carrier[]

/** The organisation's own list in this corpus. */
export const OWN_LIST = Object.values(CARRIERS).map(([, word]) => `${word} ##`)

export interface Secret {
  /** `email in title`, for whoever reads a failure. */
  kind: string
  text: string
}

/** One secret of each kind, none like any other of the corpus. */
export function secretsOf(container: number, carrier: Carrier = 'place'): Secret[] {
  const [from, word] = CARRIERS[carrier]
  return KINDS.map((kind, index) => {
    const number = from + container * KINDS.length + index
    const text = kind === 'own' ? `${word} ${10 + container}` : WRITTEN[kind](number)
    return { kind: carrier === 'place' ? kind : `${kind} in ${carrier}`, text }
  })
}

/** Everything that a walk over one place meets in normal mode and may keep nothing of. */
export function allSecretsOf(container: number): Secret[] {
  const patterns = CARRIER_NAMES.flatMap((carrier) => secretsOf(container, carrier))
  return [...patterns, { kind: 'typed words', text: typedWordsOf(container) }]
}

/** No pattern and no list knows these: they may not be kept because they are typed. */
export function typedWordsOf(container: number): string {
  return `walrus${lettersOf(container)}`
}

/** A person's, which only *cover everything* promises to leave out of titles, messages and rows. */
export function nameOf(container: number): Secret {
  return { kind: 'name', text: `Tregan${lettersOf(container)}` }
}

/** Four letters that stand for a number, as a name may have them. */
function lettersOf(number: number): string {
  return `${'bdfglmnrst'[Math.floor(number / 10)]}a${'bdfglmnrst'[number % 10]}o`
}

const WRITTEN: Record<Exclude<Kind, 'own'>, (number: number) => string> = {
  email: (number) => `jo.doe${number}@hospital.example`,
  phone: (number) => `+49 351 458 ${number}`,
  card: (number) => withLuhn(`411111111${String(number).padStart(6, '0')}`),
  ssn: (number) => `512-4${number % 10}-${number}`,
  mrn: (number) => `MRN-77${number}3`,
  birth: (number) => `${(number % 28) + 1}.${(number % 12) + 1}.19${30 + (number % 60)}`,
  jwt: (number) =>
    [`{"alg":"HS256","n":${number}}`, `{"sub":"patient ${number}"}`, `signature of ${number}`]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.'),
}

/** The sixteenth digit that makes fifteen a card's number. @see ISO/IEC 7812-1, annex B */
function withLuhn(digits: string): string {
  const sum = Array.from(digits, Number).reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`.replace(/(\d{4})(?=\d)/g, '$1 ')
}
