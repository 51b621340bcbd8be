import { findPersonal, type PersonalData } from '#shared/personal-data'
import type { FindPrivate } from '#shared/private-words'

/**
 * How a message to customers reads: thank first, say what changed, blame nobody, and say sorry
 * only for what we personally let somebody down in. Hints, never a lock; harm to a person follows
 * the organisation's own disclosure policy, not this.
 */

export const MESSAGE_KINDS = ['thanks', 'changed', 'explanation'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

export interface Draft {
  kind: MessageKind
  youSaid: string
  words: string
  /** What we personally let somebody down in; empty where the text says sorry for nothing. */
  sorryFor: string
}

export interface Hint {
  what: string
  isMet: boolean
  /** Met: what is good about it. Else: what to do. */
  sentence: string
  why: string
}

const THANKS = /\b(?:thanks?|thankful|grateful)\b/i
const STOCK =
  /\b(?:to (?:better )?serve you(?: better)?|for your convenience|(?:any|the|this) inconvenience|your (?:call|opinion|feedback) is (?:very )?important|valued customers?|we value your|please be advised|we strive to)\b/i
const BLAME =
  /\b(?:suppliers?|vendors?|manufacturers?|third[- ]part(?:y|ies)|contractors?|human error|user error|(?:your|their|his|her) (?:own )?(?:fault|mistake|error)|to blame|blamed?|you (?:should|could) have|you (?:failed|forgot) to)\b/i
const SORRY = /\b(?:sorry|apologi[sz]e[sd]?|apolog(?:y|ies)|regrets?)\b/i
const OUR_WORDS = /\b(?:tickets?|incidents?|end[- ]?users?|users?)\b/i
const JARGON =
  /\b(?:utili[sz]e[sd]?|leverage[sd]?|stakeholders?|remediat\w+|root cause|deploy(?:ed|ment)?|rolled out|going forward|functionality|optimi[sz]\w+|solutions?|SLA|KPIs?|patch(?:ed)?|backend|outage window)\b/i
const BECAUSE = /\b(?:because|since|so that|as long as|the reason|would|cannot|can’t|can't)\b/i
/** Counts of people that would tell who they are. */
const FEW =
  /\b(?:one|two|three|four|[1-4]) (?:of (?:you|our|the) )?(?:\w+ )?(?:people|persons?|customers?|colleagues?|nurses?|doctors?|patients?|students?|leaders?|teachers?|starters?|visitors?|of you)\b/i
/** A sentence longer than this is read twice. */
const LONG_SENTENCE = 28
const ENOUGH_WORDS = 5

/** What the wording check says about a draft, every rule each time, in one order. */
export function checkWording({ kind, youSaid, words, sorryFor }: Draft): Hint[] {
  const sentences = sentencesOf(words)
  const [first = ''] = sentences
  const told = sentences.filter((sentence) => !THANKS.test(sentence)).join(' ')
  const all = `${youSaid}\n${words}`
  const isSorry = SORRY.test(words)
  const found = (expression: RegExp, text = all) => expression.exec(text)?.[0]
  const stock = found(STOCK)
  const blame = found(BLAME, words)
  const ours = found(OUR_WORDS)
  const [personal] = personalIn({ youSaid, words, sorryFor })
  return [
    hint(
      'thanks',
      THANKS.test(first),
      'Thanks people first',
      'Thank people in the first sentence',
      'Whoever tells us about a problem does us a favour; silent customers leave.',
    ),
    tellsHint(kind, told),
    plainHint(sentences),
    hint(
      'blame',
      blame === undefined,
      'Blames nobody',
      `“${blame}” reads as if somebody else were at fault`,
      'Customers hold us to our promise, whoever else had a part in it.',
    ),
    hint(
      'stock',
      stock === undefined,
      'No stock phrases',
      `Leave out “${stock}”`,
      'Everybody has read it a hundred times, mostly when things got worse.',
    ),
    hint(
      'sorry',
      !isSorry || sorryFor.trim() !== '',
      isSorry ? 'Says sorry, and for what' : 'No apology where none is due',
      'Say what we personally let them down in, or leave the apology out',
      'Sorry is for personal failure. Said for everything, it means nothing.',
    ),
    hint(
      'words',
      ours === undefined,
      'Speaks of customers and their problems',
      `“${ours}” is our word: say customer, or customer problem`,
      'People are not users, and what bothers them is not a ticket.',
    ),
    hint(
      'calm',
      !all.includes('!'),
      'No exclamation marks',
      'End sentences with a full stop',
      'It reads as shouting, or as advertising.',
    ),
    hint(
      'personal',
      personal === undefined,
      'Nothing personal in it',
      personal === undefined ? '' : `“${personal.words}” looks like ${personal.looksLike}`,
      'What is published stays readable for everybody, for ever.',
    ),
  ]
}

function hint(what: string, isMet: boolean, met: string, unmet: string, why: string): Hint {
  return { what, isMet, sentence: isMet ? met : unmet, why }
}

function tellsHint(kind: MessageKind, told: string): Hint {
  const isSaid = told.split(/\s+/).filter(Boolean).length >= ENOUGH_WORDS
  switch (kind) {
    case 'thanks':
      return hint(
        'tells',
        isSaid,
        'Says what happens next',
        'Say what happens next',
        'Thanks alone leave people waiting.',
      )
    case 'changed':
      return hint(
        'tells',
        isSaid,
        'Says what changed',
        'Say what is different for customers now',
        'People who told us want to see what came of it.',
      )
    case 'explanation':
      return hint(
        'tells',
        isSaid && BECAUSE.test(told),
        'Explains why',
        'Explain why it cannot be fixed',
        'A reason lets people plan; a bare no does not.',
      )
  }
}

function plainHint(sentences: readonly string[]): Hint {
  const jargon = JARGON.exec(sentences.join(' '))?.[0]
  const isLong = sentences.some((each) => each.split(/\s+/).length > LONG_SENTENCE)
  return hint(
    'plain',
    jargon === undefined && !isLong,
    'In plain words',
    jargon === undefined ? 'Break the long sentence in two' : `Say “${jargon}” in plainer words`,
    'It is read between two patients, or two lectures.',
  )
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean)
}

/** What looks personal in a draft: patterns, and names behind a form of address. */
function personalIn(
  { youSaid, words, sorryFor }: Pick<Draft, 'youSaid' | 'words' | 'sorryFor'>,
  findOwn?: FindPrivate,
): PersonalData[] {
  return [youSaid, words, sorryFor].flatMap((text) => findPersonal(text, findOwn))
}

/** Why a text may not stand on a public page; null where it may. */
export function whyUnpublishable(
  draft: Pick<Draft, 'youSaid' | 'words' | 'sorryFor'>,
  findOwn?: FindPrivate,
): string | null {
  const [personal] = personalIn(draft, findOwn)
  if (personal !== undefined)
    return `“${personal.words}” looks like ${personal.looksLike}. Take it out first.`
  const few = FEW.exec(`${draft.youSaid}\n${draft.words}`)?.[0]
  return few === undefined ? null : `“${few}” tells who it was. Say “colleagues” without a number.`
}

/** What a message starts from. */
export const TEMPLATES: Readonly<Record<MessageKind, string>> = {
  thanks: 'Thank you for telling us. We are looking at it now, and you hear from us again by ',
  changed: 'Thank you to everybody who told us. Here is what changed: ',
  explanation:
    'Thank you for telling us. We looked at it closely and cannot change it now, because ',
}
/** Only with what we personally let somebody down in. */
export const SORRY_TEMPLATE = 'Thank you for telling us. I am sorry that I '
