import type { Note } from '#shared/note'

const MAX_CHARACTERS = 120
/** Dots that end nothing: no sentence is before them. `.5 seconds` begins with a number. */
const LEADING_DOTS = /^(?:[.。]+(?=\s|$)\s*)+/u

/**
 * A title for a new entry out of its first note: the first sentence, cut at a word. A note
 * without words is named by its place. Never invented words; a person renames it.
 */
export function titleOf(note: Pick<Note, 'words' | 'place'>): string {
  const words = note.words.trim().replace(LEADING_DOTS, '')
  const sentence = /^.*?[.!?…。！？](?=\s|$)/su.exec(words)?.[0] ?? words
  const plain = sentence
    .replace(/\s+/g, ' ')
    .replace(/[.。]$/u, '')
    .trim()
  return plain === '' ? placeInWords(note.place) : cutAtWord(plain)
}

/** Where it happened, for people: `Button “Request”, help.example.org/requests`. */
export function placeInWords(place: Note['place']): string {
  switch (place.kind) {
    case 'page': {
      const page = `${place.origin.replace(/^https?:\/\//, '')}${place.route}`
      if (place.anchor === null) return place.title ?? page
      const role = place.anchor.role.charAt(0).toUpperCase() + place.anchor.role.slice(1)
      return `${role}${place.anchor.name ? ` “${place.anchor.name}”` : ''}, ${page}`
    }
    case 'call':
      return `Call to ${place.number}${place.keys.length > 0 ? `, at ${place.keys.join(' › ')}` : ''}`
    case 'reply':
      return `${place.channel === 'email' ? 'E-mail' : 'Chat'} from ${place.system}: ${place.subject}`
    case 'desk':
      return place.reason === null ? 'At the desk' : `At the desk: ${place.reason}`
    case 'unseen':
      return 'A page that Wince did not see'
  }
}

function cutAtWord(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text
  const cut = text.slice(0, MAX_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > MAX_CHARACTERS / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
