/**
 * Words that carry no topic. Kept short on purpose: "not", "no" and "again" say what went wrong.
 */
const STOP_WORDS = new Set(
  (
    'a an and are as at be been being but by can could did do does for from had has have he her him his i if in into is it its ' +
    'me my of on or our out she so some than that the their them then there they this to up us was we were what when where ' +
    'which who will with would you your just very really'
  ).split(' '),
)

const CONTRACTIONS: [RegExp, string][] = [
  [/\b(ca)n[’']t\b/g, 'can not'],
  [/\bwon[’']t\b/g, 'will not'],
  [/n[’']t\b/g, ' not'],
  [/[’'](s|re|ve|ll|d|m)\b/g, ''],
]

/** How much of a text is read; what comes after says nothing new about its topic. */
const MAX_CHARACTERS = 4_000
const MAX_STEMS = 200

/**
 * The set of stems of a text, in the order they first appear: compatibility forms folded, case,
 * contractions, addresses and digits taken out. Scripts without spaces between words give
 * overlapping pairs of characters instead.
 */
export function stemsOf(text: string): string[] {
  return [...wordsByStem(text).keys()]
}

/** The same stems, each with the word of the text, folded, that it was first seen in. */
export function wordsByStem(text: string): Map<string, string> {
  let folded = text.slice(0, MAX_CHARACTERS).normalize('NFKC').toLowerCase()
  folded = folded.replace(/https?:\/\/\S+/g, ' ')
  for (const [pattern, plain] of CONTRACTIONS) folded = folded.replace(pattern, plain)
  const stems = new Map<string, string>()
  for (const [run] of folded.matchAll(/[\p{L}\p{M}]+|\d+/gu)) {
    for (const word of isUnspaced(run) ? pairsOf(run) : [run]) {
      const stem = /^\d/.test(word) ? '#' : toStem(word)
      if (stem.length > 1 && !STOP_WORDS.has(word) && !stems.has(stem)) stems.set(stem, word)
      if (stems.size >= MAX_STEMS) return stems
    }
  }
  return stems
}

function isUnspaced(run: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run)
}

function pairsOf(run: string): string[] {
  const characters = [...run]
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)
}

/** A light English stem: plural, -ing, -ed, -ly. Wrong for some words, but the same way each time. */
function toStem(word: string): string {
  if (word.length < 4 || word.endsWith('ss')) return word
  if (word.length > 4 && /(?:ies|ied)$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|zz|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (word.endsWith('s')) return toStem(word.slice(0, -1))
  // "reply", "family" and "assembly" are no adverbs.
  if (word.length < 5 || /[pib]ly$/.test(word)) return word
  for (const ending of ['ingly', 'edly', 'ing', 'ed', 'ly']) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      return undouble(word.slice(0, -ending.length))
    }
  }
  return word.endsWith('e') ? word.slice(0, -1) : word
}

function undouble(stem: string): string {
  const plain = /([b-df-hj-km-np-rtvz])\1$/.test(stem) ? stem.slice(0, -1) : stem
  return plain.endsWith('e') && plain.length > 3 ? plain.slice(0, -1) : plain
}
