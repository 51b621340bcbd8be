import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useRef } from 'preact/hooks'

import { Icon } from './Icon'
import { useKeys } from './keys'

/** What comes by itself, between a screen's middle and its dock. */
export const Beside = createContext<ComponentChildren>(null)

/** Always there, so that screen readers hear what comes into it. */
export function Besides() {
  return (
    <div class="beside" aria-live="polite">
      {useContext(Beside)}
    </div>
  )
}

interface ScreenProps {
  title: string
  /** Before the title, where there is no way back. */
  before?: ComponentChildren
  /** Under the title. */
  subtitle?: ComponentChildren
  /** Beside the title, before the edge. */
  aside?: ComponentChildren
  back?: { label: string; go(): void }
  dock?: ComponentChildren
  /** Runs on Ctrl+Enter anywhere on the screen. */
  onCtrlEnter?: () => void
  children: ComponentChildren
}

/** Top bar, middle, dock: the frame of every screen but the walk's own. */
export function Screen({
  title,
  subtitle,
  before,
  aside,
  back,
  dock,
  onCtrlEnter,
  children,
}: ScreenProps) {
  useKeys((key) => {
    if (key !== 'Ctrl+Enter' || onCtrlEnter === undefined) return false
    onCtrlEnter()
    return true
  })
  return (
    <>
      <header class="top">
        {back && (
          <button
            class="btn quiet icon"
            type="button"
            aria-label={back.label}
            onClick={() => back.go()}
          >
            <Icon name="back" />
          </button>
        )}
        {before}
        {subtitle === undefined ? (
          <Title words={title} />
        ) : (
          <div class="grow">
            <Title words={title} />
            {subtitle}
          </div>
        )}
        {aside}
      </header>
      <main>{children}</main>
      <Besides />
      {dock !== undefined && dock !== null && <div class="dock">{dock}</div>}
    </>
  )
}

/** Takes the focus when its screen comes, so that reading starts at the top of it. */
function Title({ words }: { words: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 class="grow" tabIndex={-1} ref={heading}>
      {words}
    </h1>
  )
}
