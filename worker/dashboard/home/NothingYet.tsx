import { Icon } from '../parts/Icon'

/** How it starts: the first words of the product, and the one thing to do next. */
export function NothingYet({ browsers }: { browsers: number }) {
  return (
    <div class="nothing">
      <h1>
        <b>Be a customer for ten minutes.</b> Think of an errand someone had this week.
      </h1>
      <p class="soft">
        Nothing is recorded until you press Start, and nothing leaves a browser until Send. What
        leaders send appears here and in the register.
      </p>
      <p class="wrap">
        {browsers === 0 ? (
          <a class="btn primary" href="/manage/connect">
            <Icon name="device" /> Connect a browser
          </a>
        ) : (
          <a class="btn" href="/manage/connect">
            <Icon name="device" /> Connect another browser
          </a>
        )}
        <a class="btn quiet" href="/manage">
          Invite people
        </a>
      </p>
    </div>
  )
}
