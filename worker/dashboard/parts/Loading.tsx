/** Shown only after a moment, so that quick answers do not flicker. */
export function Loading() {
  return <output class="loading meta">Loading…</output>
}
