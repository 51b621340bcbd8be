import { cutToBytes } from '#shared/text'

import type { Tap } from './taps'

/** As much as a step takes. */
const LABEL_MAX_BYTES = 200
const HEARD_MAX_BYTES = 300

/** `1 a problem, 2 for a request; 0: a person` */
const OFFERED = /(?:^|[,;\n]\s*)(?:press\s+)?([0-9*#])\s*(?:[.:)=–-]|\bfor\b)?\s+(?=[^\s,;])/giu

/**
 * What somebody typed at a node of a menu: the keys that it offers where it begins with one, or
 * else what it says. Nothing comes of blanks.
 */
export function readTyped(typed: string): Tap[] {
  const text = typed.trim()
  if (text === '') return []
  const found = [...text.matchAll(OFFERED)]
  if (found[0]?.index !== 0) return [{ kind: 'heard', words: cutToBytes(text, HEARD_MAX_BYTES) }]
  return found.map((match, index) => ({
    kind: 'option',
    key: match[1] ?? '',
    label: cutToBytes(
      text.slice(match.index + match[0].length, found[index + 1]?.index).trim(),
      LABEL_MAX_BYTES,
    ),
  }))
}
