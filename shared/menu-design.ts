import { spokenChoice } from '#shared/call'
import { parseCsv } from '#shared/csv'
import { choiceKey } from '#shared/place-key'
import { cutToBytes, toStorableText, utf8Length } from '#shared/text'

/** A node of a menu as somebody designed it. */
export interface DesignNode {
  /** The key, or the words in quotes, that lead here; null at the greeting. */
  choice: string | null
  name: string | null
  children: DesignNode[]
}

/** Why a line cannot be taken. Lines count from 1, as editors count them. */
export interface DesignProblem {
  line: number
  message: string
}

const DESIGN_MAX_OPTIONS = 1_000
export const DESIGN_MAX_DEPTH = 20
/** A menu of a thousand options with blank lines between is shorter. */
const MAX_LINES = 5_000
const MAX_PROBLEMS = 20
const NAME_MAX_BYTES = 200

/** One option as its line says it, before anybody knows whether it has a parent. */
interface Option {
  line: number
  path: readonly string[]
  name: string
}

/** `1 A problem`, `2. A request`, `“billing”: Billing` */
const OPTION = /^([0-9*#]|“[^“”]+”|"[^"]+")(?:\s*[.:)=–-]\s*|\s+|$)(.*)$/u
const CSV_HEAD = /^"?path"?\s*([,;\t])\s*"?name"?\s*$/i
/** What turns the direction of a text around; a name needs none of it, and it can hide what is written. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Reads a menu's design: an outline in which deeper options are indented, or a CSV with the
 * columns `path` (`1 > 3 > 0`) and `name`. All of it, or which lines are wrong and why.
 */
export function parseDesign(text: string): { root: DesignNode } | { problems: DesignProblem[] } {
  const lines = toStorableText(text)
    .replace(/^\ufeff/, '')
    .replace(TURNS, '')
    .split(/\r\n|\r|\n/)
  const reader = new DesignReader()
  if (lines.length > MAX_LINES) reader.refuse(MAX_LINES + 1, `More than ${MAX_LINES} lines.`)
  else {
    const first = lines.find((line) => line.trim() !== '')?.trim() ?? ''
    const separator = CSV_HEAD.exec(first)?.[1]
    if (separator === undefined) reader.readOutline(lines)
    else reader.readCsv(lines.join('\n'), separator)
  }
  return reader.toDesign()
}

class DesignReader {
  private title: string | null = null
  private readonly options: Option[] = []
  private readonly problems: DesignProblem[] = []

  refuse(line: number, message: string): void {
    this.problems.push({ line, message })
  }

  readOutline(lines: readonly string[]): void {
    /** How far each level that is open is indented, and its choice. */
    const open: { indent: string; choice: string }[] = []
    for (const [index, raw] of lines.entries()) {
      const line = index + 1
      const text = raw.trim().replace(/^[-•]\s+/u, '')
      if (text === '') continue
      const [, key, name = ''] = OPTION.exec(text) ?? []
      if (key === undefined) {
        if (this.title === null && this.options.length === 0) this.title = this.nameOf(text, line)
        else this.refuse(line, `“${shorten(text)}” begins with no key. Write it as “1 A problem”.`)
        continue
      }
      const indent = /^[ \t]*/.exec(raw)?.[0] ?? ''
      const level = levelOf(open, indent)
      if (level === null) {
        this.refuse(
          line,
          'Indented like no line above it. Use either tabs or spaces, and as many for each level.',
        )
        continue
      }
      open.splice(level, Infinity, { indent, choice: toChoice(key) })
      this.add({ line, path: open.map(({ choice }) => choice), name })
    }
  }

  readCsv(text: string, separator: string): void {
    const records = parseCsv(text, separator).filter(({ fields }) => fields.join('').trim() !== '')
    for (const { line, fields } of records.slice(1)) {
      const [path = '', name = '', ...more] = fields
      const keys = path.split(/[>›/]/u).map((key) => OPTION.exec(key.trim()))
      if (more.some((field) => field.trim() !== ''))
        this.refuse(line, 'More than a path and a name. Put a name with commas in quotes.')
      else if (keys.some((key) => key === null || key[2] !== ''))
        this.refuse(line, `“${shorten(path)}” is no path. Write it as 1 > 3 > 0.`)
      else this.add({ line, path: keys.map((key) => toChoice(key?.[1] ?? '')), name })
    }
  }

  private add(option: Option): void {
    const { line, path } = option
    if (path.length > DESIGN_MAX_DEPTH)
      this.refuse(line, `Deeper than ${DESIGN_MAX_DEPTH} levels: nobody gets there.`)
    else this.options.push({ ...option, name: this.nameOf(option.name, line) ?? '' })
  }

  private nameOf(name: string, line: number): string | null {
    const trimmed = name.trim()
    if (utf8Length(trimmed) > NAME_MAX_BYTES)
      this.refuse(line, `A name of more than ${NAME_MAX_BYTES} bytes. Shorten it.`)
    return trimmed === '' ? null : trimmed
  }

  toDesign(): { root: DesignNode } | { problems: DesignProblem[] } {
    const root = this.toTree()
    if (this.options.length === 0 && this.problems.length === 0)
      this.refuse(1, 'No option here. Write one a line, as “1 A problem”.')
    if (this.problems.length === 0) return { root }
    const inOrder = this.problems.toSorted((one, other) => one.line - other.line)
    return { problems: inOrder.slice(0, MAX_PROBLEMS) }
  }

  private toTree(): DesignNode {
    const root: DesignNode = { choice: null, name: this.title, children: [] }
    const nodes = new Map<string, { node: DesignNode; line: number }>([
      ['', { node: root, line: 0 }],
    ])
    const over = this.options[DESIGN_MAX_OPTIONS]
    if (over !== undefined)
      this.refuse(over.line, `More than ${DESIGN_MAX_OPTIONS.toLocaleString('en')} options.`)
    // A CSV may name what is deeper first.
    const byDepth = this.options
      .slice(0, DESIGN_MAX_OPTIONS)
      .toSorted((one, other) => one.path.length - other.path.length)
    for (const { line, path, name } of byDepth) {
      const key = path.map(choiceKey).join('›')
      const parent = nodes.get(path.slice(0, -1).map(choiceKey).join('›'))
      const same = nodes.get(key)
      if (same !== undefined)
        this.refuse(line, `${path.join(' › ')} is in line ${same.line} already.`)
      else if (parent === undefined)
        this.refuse(line, `${path.join(' › ')} has no line for ${path.slice(0, -1).join(' › ')}.`)
      else {
        const node = { choice: path.at(-1) ?? null, name: name === '' ? null : name, children: [] }
        parent.node.children.push(node)
        nodes.set(key, { node, line })
      }
    }
    return root
  }
}

/** How many levels stay open above a line that is indented so; null where none fits. */
function levelOf(open: readonly { indent: string }[], indent: string): number | null {
  const deepest = open.at(-1)?.indent
  if (deepest === undefined) return 0
  if (indent.length > deepest.length && indent.startsWith(deepest)) return open.length
  const same = open.findIndex((level) => level.indent === indent)
  return same === -1 ? null : same
}

function toChoice(key: string): string {
  return key.length === 1 ? key : spokenChoice(key.slice(1, -1))
}

function shorten(text: string): string {
  return cutToBytes(text, 60)
}
