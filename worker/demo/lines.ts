import * as v from 'valibot'

import { Kind, Mood, Wince } from '#shared/note'
import { Channel } from '#shared/place'

/** A note of university.jsonl: what 16 leaders of one university wrote on 65 walks. */
export const DemoLine = v.object({
  id: v.string(),
  at: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(text)),
  ),
  walker: v.string(),
  walk: v.string(),
  mood: Mood,
  kind: Kind,
  wince: Wince,
  service: v.string(),
  channel: Channel,
  place: v.object({
    url: v.nullable(v.string()),
    title: v.nullable(v.string()),
    element: v.nullable(v.object({ role: v.string(), name: v.nullable(v.string()) })),
    call: v.nullable(
      v.object({ number: v.string(), path: v.array(v.string()), heard: v.nullable(v.string()) }),
    ),
  }),
  text: v.string(),
  expected: v.nullable(v.string()),
  /** The customer problem it belongs to, as its author knows. */
  group: v.string(),
})
export type DemoLine = v.InferOutput<typeof DemoLine>

/** What the file leaves open about a walk: walks.json. */
const DemoWalk = v.object({
  errand: v.nullable(v.string()),
  persona: v.nullable(v.string()),
  done: v.nullable(v.picklist(['yes', 'partly', 'no'])),
})
type DemoWalk = v.InferOutput<typeof DemoWalk>

const DemoGroup = v.object({ title: v.string() })

export interface DemoFiles {
  lines: DemoLine[]
  walks: Record<string, DemoWalk>
  groups: Record<string, { title: string }>
}

/** @throws ValiError when a file is not what it should be */
export function readDemoFiles(texts: { lines: string; walks: string; groups: string }): DemoFiles {
  return {
    lines: texts.lines
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => v.parse(DemoLine, JSON.parse(line))),
    walks: v.parse(v.record(v.string(), DemoWalk), JSON.parse(texts.walks)),
    groups: v.parse(v.record(v.string(), DemoGroup), JSON.parse(texts.groups)),
  }
}

/** The same files with the notes of the first walks only. */
export function withFirstWalks(files: DemoFiles, walks: number): DemoFiles {
  const kept = new Set([...new Set(files.lines.map((line) => line.walk))].slice(0, walks))
  return { ...files, lines: files.lines.filter((line) => kept.has(line.walk)) }
}

const SMALL_WORDS = new Map([
  ['cio', 'CIO'],
  ['coo', 'COO'],
  ['cfo', 'CFO'],
  ['hr', 'HR'],
  ['pvc', 'Pro-vice-chancellor'],
  ['of', 'of'],
])

/** `deputy-cio` is called “Deputy CIO”: people in the demo are roles. */
export function walkerName(walker: string): string {
  const words = walker.split('-').map((word) => SMALL_WORDS.get(word) ?? word)
  const name = words.join(' ')
  return name.charAt(0).toUpperCase() + name.slice(1)
}
