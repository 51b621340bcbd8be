import { useRef } from 'preact/hooks'

import { storyAddress } from '#shared/api/walk'

import { Icon } from '../parts/Icon'
import { Page } from '../parts/Page'

/** A walk as one page without names: to be shown, printed or taken along. */
export function StoryPage({ walkId }: { walkId: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  return (
    <Page title="Show in a meeting" class="story">
      <nav class="crumb" aria-label="Where you are">
        <a href="/walks">Walks</a>
        <span aria-hidden="true">›</span>
        <a href={`/walks/${walkId}`}>The walk</a>
        <span aria-hidden="true">›</span>
        <span>Show in a meeting</span>
      </nav>
      <header class="lead">
        <div>
          <h1>Show in a meeting</h1>
          <p class="soft">
            One page without names. Words and pictures are the leader’s own: read them before you
            show them.
          </p>
        </div>
        <div class="acts">
          <button class="btn" type="button" onClick={() => frame.current?.contentWindow?.print()}>
            <Icon name="table" /> Print
          </button>
          <button class="btn" type="button" onClick={() => void frame.current?.requestFullscreen()}>
            <Icon name="crop" /> Full screen
          </button>
          <a class="btn" href={storyAddress(walkId, { asFile: true })} download="walk.html">
            <Icon name="download" /> Save as a file
          </a>
        </div>
      </header>
      {/* No script runs in it; it is of our origin so that it can be printed, and its pictures be seen. */}
      <iframe
        class="card"
        ref={frame}
        src={storyAddress(walkId)}
        title="The story of the walk"
        sandbox="allow-same-origin allow-modals"
        allow="fullscreen"
      />
    </Page>
  )
}
