import type { Impact } from '#shared/entry'

export function ImpactSign({ impact }: { impact: Impact | null }) {
  if (impact === null) return <span class="no">not set</span>
  return (
    <span class="imp" data-n={impact}>
      <span class="vh">Impact </span>
      {impact}
    </span>
  )
}
