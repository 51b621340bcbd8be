import type { TriageShow, TriageSnapshot } from '#shared/api/triage'

/** Notes that one action will be about: ids, fixed when they were chosen, and the view they come from. */
export interface Selection {
  ids: readonly string[]
  from: TriageShow
  /** Where a range goes on from. */
  anchor: string | null
  /** More wait in that view than one action takes. */
  isCut: boolean
}

export function noSelection(from: TriageShow): Selection {
  return { ids: [], from, anchor: null, isCut: false }
}

export function toggled(selection: Selection, id: string): Selection {
  const ids = selection.ids.includes(id)
    ? selection.ids.filter((each) => each !== id)
    : [...selection.ids, id]
  return { ...selection, ids, anchor: id, isCut: false }
}

/** From the note chosen last to this one, in the order of the list; alone where that one is gone. */
export function extended(selection: Selection, listed: readonly string[], id: string): Selection {
  const from = selection.anchor === null ? -1 : listed.indexOf(selection.anchor)
  const to = listed.indexOf(id)
  if (to === -1) return selection
  const range = from === -1 ? [id] : listed.slice(Math.min(from, to), Math.max(from, to) + 1)
  const ids = [...new Set([...selection.ids, ...range])]
  return { ...selection, ids, anchor: selection.anchor ?? id, isCut: false }
}

/** Everything of a view, as it was when it was asked for. */
export function allOf(from: TriageShow, { ids, more }: TriageSnapshot): Selection {
  return { ids, from, anchor: null, isCut: more }
}

export function without(selection: Selection, gone: ReadonlySet<string>): Selection {
  if (!selection.ids.some((id) => gone.has(id))) return selection
  return { ...selection, ids: selection.ids.filter((id) => !gone.has(id)) }
}
