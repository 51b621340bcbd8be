/** What normal mode promises to find, wherever it stands: kinds of DECISIONS 3 and C4. */
export const KINDS = ['email', 'phone', 'card', 'ssn', 'mrn', 'birth', 'jwt', 'own'] as const
type Kind = (typeof KINDS)[number]

/** The organisation's own list in this corpus. */
export const OWN_LIST = ['Otter ##']

export interface Secret {
  kind: Kind
  text: string
}

/** One secret of each kind, none like any other of the corpus. */
export function secretsOf(container: number): Secret[] {
  return KINDS.map((kind, index) => {
    const number = 1_000 + container * KINDS.length + index
    const text = kind === 'own' ? `Otter ${10 + container}` : WRITTEN[kind](number)
    return { kind, text }
  })
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
