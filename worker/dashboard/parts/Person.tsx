import { initialsOf } from '../words'

/** Initials and the name a person chose; dashed where there is nobody. */
export function Person({ name, nobody = 'No owner' }: { name: string | null; nobody?: string }) {
  if (name === null) {
    return (
      <span class="line soft">
        <span class="who none" aria-hidden="true" />
        {nobody}
      </span>
    )
  }
  return (
    <span class="line">
      <span class="who" aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span class="cut">{name}</span>
    </span>
  )
}
