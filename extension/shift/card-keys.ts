import type { Contact } from '#shared/contact'

type Tag = Contact['tags'][number]

/** The key of each answer on the card, as it stands beside it. */
export const CHANNEL_KEYS = { phone: 'O', desk: 'K', portal: 'T', chat: 'H', email: 'M' } as const
export const SOLVED_KEYS = { yes: 'Y', later: 'L', no: 'N' } as const
export const TREATED_KEYS = { yes: 'G', unsure: 'U', no: 'B' } as const
export const REACTION_KEYS = { [-2]: '1', [-1]: '2', 0: '3', 1: '4', 2: '5' } as const
export const TAG_KEYS: Record<Tag, string> = {
  locked: 'S',
  workaround: 'W',
  'self-service': 'E',
  repetitive: 'R',
  chaotic: 'C',
  free: 'F',
  'broken-process': 'P',
  exception: 'X',
}
export const OWED_KEY = 'A'

const SCREENS_MAX = 99

/**
 * What a key changes on a card; pressed again it takes back what it said, because unset is an
 * answer too. Null for a key that says nothing here.
 */
export function changeOfKey(key: string, contact: Contact): Partial<Contact> | null {
  const letter = key.toUpperCase()
  const channel = keyFor(CHANNEL_KEYS, letter)
  if (channel !== undefined) return { channel }
  const solved = keyFor(SOLVED_KEYS, letter)
  if (solved !== undefined) return { solved: contact.solved === solved ? null : solved }
  const treatedWell = keyFor(TREATED_KEYS, letter)
  if (treatedWell !== undefined)
    return { treatedWell: contact.treatedWell === treatedWell ? null : treatedWell }
  const tag = keyFor(TAG_KEYS, letter)
  if (tag !== undefined) return changeOfTag(tag, contact)
  if (/^[1-5]$/.test(key)) {
    const reaction = (Number(key) - 3) as NonNullable<Contact['reaction']>
    return { reaction: contact.reaction === reaction ? null : reaction }
  }
  // On many keyboards a plus wants Shift: the key itself will do.
  if (key === '+' || key === '=') return changeOfScreens(1, contact)
  return key === '-' ? changeOfScreens(-1, contact) : null
}

/** Sets a tag or takes it off; always in the order that they are listed in. */
export function changeOfTag(tag: Tag, { tags, exception }: Contact): Partial<Contact> {
  const all = Object.keys(TAG_KEYS) as Tag[]
  const next = all.filter((each) => (each === tag ? !tags.includes(each) : tags.includes(each)))
  return {
    tags: next,
    ...(tag === 'exception' && exception === null ? { exception: { words: '', way: null } } : {}),
  }
}

/** None and fewer is not known. */
export function changeOfScreens(by: 1 | -1, { screens }: Contact): Partial<Contact> {
  if (by === 1) return { screens: Math.min(SCREENS_MAX, (screens ?? 0) + 1) }
  return { screens: screens === null || screens === 0 ? null : screens - 1 }
}

function keyFor<Name extends string>(
  keys: Readonly<Record<Name, string>>,
  letter: string,
): Name | undefined {
  return (Object.keys(keys) as Name[]).find((name) => keys[name] === letter)
}
