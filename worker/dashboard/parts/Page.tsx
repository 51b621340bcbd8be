import type { ComponentChildren } from 'preact'

import { usePage } from './use-page'

interface PageProps {
  /** What the tab says, before “· Wince”. */
  title: string
  class?: string
  children: ComponentChildren
}

/** The main part of a page of the workspace. */
export function Page({ title, class: name, children }: PageProps) {
  return (
    <main class={name ? `page ${name}` : 'page'} id="main" tabIndex={-1} ref={usePage(title)}>
      {children}
    </main>
  )
}
