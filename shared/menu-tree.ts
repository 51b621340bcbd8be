import { type Call, type CallEnd, isDeadEnd } from '#shared/call'
import { choiceKey } from '#shared/place-key'
import { spellingDistance } from '#shared/spelling'

/** A call, and who made it. */
export interface CallersCall {
  callerId: string
  call: Call
}

/** How long something took, of several times; in ms. */
export interface Spread {
  median: number
  worst: number
}

/** A node of a voice menu, as everybody who called knows it together. */
export interface MenuNode {
  /** The key, or the words, that lead here; null at the greeting. */
  choice: string | null
  /** What the choice is for, as most callers wrote it; null where nobody did. */
  name: string | null
  /** What others wrote who mean something else. */
  otherNames: string[]
  /** What the menu says here, each once however it was spelled. */
  heard: string[]
  calls: number
  callers: number
  /** From coming here to the next choice, a person or the end, in ms; null where nobody came. */
  stayMs: Spread | null
  /** From dialling to coming here, in ms; null where nobody came. */
  arriveMs: Spread | null
  /** Calls that somebody answered here. */
  answered: number
  /** From dialling until somebody answered here, in ms; null where nobody did. */
  personMs: Spread | null
  /** From dialling until a call ended here, in ms; null where none did. */
  endMs: Spread | null
  /** How calls ended here. */
  ends: Partial<Record<CallEnd, number>>
  /** Calls that ended here and left the caller where they were. */
  deadEnds: number
  /** Keys in the order of a phone, then words, those said most first. */
  children: MenuNode[]
}

/** Texts of one key that differ by less than this share of their letters were heard or spelled differently. */
const SAME_TEXT = 0.34

/** True where two texts of one key are one name, heard or spelled differently. */
export function isSameName(one: string, other: string): boolean {
  return spellingDistance(one, other) < SAME_TEXT
}

/** All calls to one number as one tree. Calls that go on count as far as they came. */
export function menuTree(calls: readonly CallersCall[]): MenuNode {
  const root = new Gathering(null)
  for (const each of calls.toSorted(byTime)) gather(root, each)
  return root.toNode()
}

/** Whoever asks first, calls come in the same order. */
export function byTime(one: CallersCall, other: CallersCall): number {
  return one.call.dialledAt - other.call.dialledAt || (one.callerId < other.callerId ? -1 : 1)
}

function gather(root: Gathering, { callerId, call }: CallersCall): void {
  const nodes = [root]
  for (const { choice } of call.path) nodes.push(nodes.at(-1)?.child(choice) ?? root)
  for (const [depth, node] of nodes.entries())
    node.visit(callerId, arrivalAt(call, depth), stayOf(call, depth))
  for (const { words, depth } of call.heard) nodes[depth]?.heard.push({ text: words, callerId })
  for (const { key, label, depth } of call.offered)
    nodes[depth]?.child(key).names.push({ text: label, callerId })
  const answer = call.persons[0]
  if (answer !== undefined)
    (nodes[answer.depth] ?? root).answers.push(sinceDialled(call, answer.at))
  if (call.end !== null) nodes.at(-1)?.endWith(call.end.how, sinceDialled(call, call.end.at))
}

function sinceDialled({ dialledAt }: Call, at: number): number {
  return Math.max(0, at - dialledAt)
}

/** When a call came to a node; the greeting is where it began. */
function arrivalAt(call: Call, depth: number): number {
  return depth === 0 ? 0 : sinceDialled(call, call.path[depth - 1]?.at ?? call.dialledAt)
}

/** How long a call stood at a node; undefined while it still stands there. */
function stayOf(call: Call, depth: number): number | undefined {
  const from = depth === 0 ? call.dialledAt : call.path[depth - 1]?.at
  const next = call.path[depth]?.at ?? call.end?.at
  const answered = call.persons.find((person) => person.depth === depth)?.at
  const to = answered ?? next
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from)
}

/** What somebody wrote down. */
export interface Said {
  text: string
  callerId: string
}

/** A node while calls are put into it. */
class Gathering {
  readonly names: Said[] = []
  readonly heard: Said[] = []
  /** How long each took that came. */
  readonly answers: number[] = []
  private calls = 0
  private readonly callers = new Set<string>()
  private readonly arrivals: number[] = []
  private readonly stays: number[] = []
  private readonly endings: number[] = []
  private readonly ends: Partial<Record<CallEnd, number>> = {}
  private readonly children = new Map<string, Gathering>()

  private readonly choice: string | null

  constructor(choice: string | null) {
    this.choice = choice
  }

  /** Words are one choice whatever their case and spaces. */
  child(choice: string): Gathering {
    const key = choiceKey(choice)
    const child = this.children.get(key) ?? new Gathering(choice)
    this.children.set(key, child)
    return child
  }

  visit(callerId: string, arriveMs: number, stayMs: number | undefined): void {
    this.calls += 1
    this.arrivals.push(arriveMs)
    this.callers.add(callerId)
    if (stayMs !== undefined) this.stays.push(stayMs)
  }

  endWith(how: CallEnd, endMs: number): void {
    this.endings.push(endMs)
    this.ends[how] = (this.ends[how] ?? 0) + 1
  }

  toNode(): MenuNode {
    const [name, ...otherNames] = meaningsOf(this.names)
    return {
      choice: this.choice,
      name: name ?? null,
      otherNames,
      heard: meaningsOf(this.heard),
      calls: this.calls,
      callers: this.callers.size,
      stayMs: spreadOf(this.stays),
      arriveMs: spreadOf(this.arrivals),
      answered: this.answers.length,
      personMs: spreadOf(this.answers),
      endMs: spreadOf(this.endings),
      ends: this.ends,
      deadEnds: Object.entries(this.ends).reduce(
        (sum, [how, count]) => sum + (isDeadEnd(how as CallEnd) ? count : 0),
        0,
      ),
      children: [...this.children.values()].map((child) => child.toNode()).toSorted(byPhone),
    }
  }
}

/** The middle and the longest of several times, cut to what is a whole number for a clock that was set far off; null of none. */
export function spreadOf(times: readonly number[]): Spread | null {
  if (times.length === 0) return null
  const whole = times.map((time) => Math.min(time, Number.MAX_SAFE_INTEGER))
  const sorted = whole.toSorted((one, other) => one - other)
  const middle = Math.floor((sorted.length - 1) / 2)
  const [low = 0, high = 0] = [sorted[middle], sorted[sorted.length - 1 - middle]]
  return { median: Math.round((low + high) / 2), worst: sorted.at(-1) ?? 0 }
}

const PHONE = '123456789*0#'

function byPhone(one: MenuNode, other: MenuNode): number {
  return rankOf(one) - rankOf(other) || other.calls - one.calls
}

function rankOf({ choice }: MenuNode): number {
  const place = choice?.length === 1 ? PHONE.indexOf(choice) : -1
  return place === -1 ? PHONE.length : place
}

/** As many spellings of one thing as are compared, those of most callers. A menu needs two or three. */
const SPELLINGS_MAX = 40

/** A text that was written so, by whom and how often. */
interface Spelling {
  text: string
  callers: Set<string>
  times: number
}

/** One text of each meaning, what most callers wrote first. Of one meaning, the spelling closest to all. */
export function meaningsOf(said: readonly Said[]): string[] {
  const meanings: Spelling[][] = []
  for (const each of spellingsOf(said)) {
    const alike = meanings.find((others) => others.some(({ text }) => isSameName(text, each.text)))
    if (alike) alike.push(each)
    else meanings.push([each])
  }
  return meanings
    .toSorted((one, other) => callersOf(other) - callersOf(one) || timesOf(other) - timesOf(one))
    .map(closestOf)
}

/** What is left when only the spellings that are compared count. */
export function withinSpellings<Each extends Said>(said: readonly Each[]): Each[] {
  const kept = new Set(spellingsOf(said).map(({ text }) => text))
  return said.filter(({ text }) => kept.has(text))
}

/** In the order in which they were written first. */
function spellingsOf(said: readonly Said[]): Spelling[] {
  const spellings = new Map<string, Spelling>()
  for (const { text, callerId } of said) {
    const known = spellings.get(text) ?? { text, callers: new Set(), times: 0 }
    known.callers.add(callerId)
    known.times += 1
    spellings.set(text, known)
  }
  const all = [...spellings.values()]
  if (all.length <= SPELLINGS_MAX) return all
  const kept = new Set(
    all
      .toSorted((one, other) => other.callers.size - one.callers.size || other.times - one.times)
      .slice(0, SPELLINGS_MAX),
  )
  return all.filter((each) => kept.has(each))
}

function callersOf(meaning: readonly Spelling[]): number {
  return new Set(meaning.flatMap(({ callers }) => [...callers])).size
}

function timesOf(meaning: readonly Spelling[]): number {
  return meaning.reduce((sum, { times }) => sum + times, 0)
}

function closestOf(meaning: readonly Spelling[]): string {
  const distances = meaning.map(({ text }) =>
    meaning.reduce((sum, other) => sum + other.times * spellingDistance(text, other.text), 0),
  )
  return meaning[distances.indexOf(Math.min(...distances))]?.text ?? ''
}
