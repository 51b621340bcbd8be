import type { PlaybookStep } from '#shared/api/playbook'

const LINE = /^(\d{1,2})(?:\s*min)?\s*[,.:–-]\s*([^:]{1,100}):\s*(.+)$/u

/** Steps as they are typed: `10 min, Desk manager: call the wards`. @returns the first line that is none */
export function readSteps(text: string): { steps: PlaybookStep[]; unread: string | null } {
  const steps: PlaybookStep[] = []
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '') continue
    const [, minute = '', who = '', what = ''] = LINE.exec(line) ?? []
    const byMinute = Number(minute)
    if (minute === '' || byMinute > 60) return { steps, unread: line }
    steps.push({ byMinute, who: who.trim(), what: what.trim() })
  }
  return { steps: steps.toSorted((one, other) => one.byMinute - other.byMinute), unread: null }
}

export function writeSteps(steps: readonly PlaybookStep[]): string {
  return steps.map(({ byMinute, who, what }) => `${byMinute} min, ${who}: ${what}`).join('\n')
}
