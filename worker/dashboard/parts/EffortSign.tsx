import type { Effort } from '#shared/entry'

export function EffortSign({ effort }: { effort: Effort | null }) {
  if (effort === null) return <span class="no">not set</span>
  return (
    <span class="eff">
      <span class="vh">Effort </span>
      {effort}
    </span>
  )
}
