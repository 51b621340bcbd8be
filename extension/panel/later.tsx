import { signal } from '@preact/signals'
import type { FunctionComponent } from 'preact'

/**
 * A component that comes with its code when it is first drawn, or with `load`, whichever is
 * sooner. A part that cannot be loaded says so; drawing it again tries again.
 */
export function later<Props extends object>(
  importing: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> & { load(): Promise<void> } {
  const loaded = signal<FunctionComponent<Props> | null>(null)
  const hasFailed = signal(false)
  let loading: Promise<void> | undefined

  function load(): Promise<void> {
    loading ??= importing().then(
      (component) => {
        loaded.value = component
      },
      (error: unknown) => {
        console.error('a part of the panel is not there', error)
        loading = undefined
        hasFailed.value = true
      },
    )
    return loading
  }

  function Later(props: Props) {
    const Loaded = loaded.value
    if (Loaded !== null) return <Loaded {...props} />
    if (hasFailed.value) return <p role="alert">{FAILED}</p>
    void load()
    return null
  }
  return Object.assign(Later, { load })
}

const FAILED = 'This part of Wince did not load. Your notes are safe: close the panel and open it.'
