import type { ComponentChildren } from 'preact'

import { Icon } from './Icon'
import { usePage } from './use-page'

interface FrameProps {
  title: string
  class?: string
  /** What stands at the end of the bar. */
  aside?: ComponentChildren
  children: ComponentChildren
}

/** A page outside of the workspace: first run, sign-in, invites, pairing. */
export function Frame({ title, class: name, aside, children }: FrameProps) {
  const main = usePage(title)
  return (
    <div class="frame">
      <header class="bar">
        <span class="brandmark" aria-hidden="true">
          <Icon name="mark" />
        </span>
        <b>Wince</b>
        <span class="grow" />
        {aside}
      </header>
      <main class={name ? `setup ${name}` : 'setup'} id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
    </div>
  )
}
