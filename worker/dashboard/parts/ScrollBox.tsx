import type { ComponentChildren } from 'preact'

/** What is wider than its place scrolls in a box of its own, never the page. */
export function ScrollBox({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus, no key would scroll it
    <section class="scroll-x" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
