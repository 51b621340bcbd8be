import { Icon } from '../parts/Icon'

/** A drawing of the panel's own form, so that people know what to look for. */
export function MiniPanel({ code }: { code: string }) {
  const [first = '____', second = '_____'] = code.split('-')
  return (
    <div class="mini" aria-hidden="true">
      <div class="top">
        <span class="brandmark">
          <Icon name="mark" />
        </span>
        Connect to your team
      </div>
      <div class="in">
        <p class="hint">Link or code from your dashboard</p>
        <p class="f">
          {first}-{second}-____
        </p>
        <span class="ok">Connect</span>
        <p class="hint">What is kept there stays there. Connecting sends nothing.</p>
      </div>
    </div>
  )
}
