import { Icon } from '../parts/Icon'
import { Page } from '../parts/Page'

/** For leaders, whose place is the side panel: what became of their notes is told there. */
export function LeaderHomePage() {
  return (
    <Page title="This week" class="home">
      <div class="nothing">
        <h1>
          <b>Be a customer for ten minutes.</b> Think of an errand someone had this week.
        </h1>
        <p class="soft">
          Walking and noting happen in the side panel of your browser, and so does the news of what
          became of your notes.
        </p>
        <p>
          <a class="btn primary" href="/manage/connect">
            <Icon name="device" /> Connect your browser
          </a>
        </p>
      </div>
    </Page>
  )
}
