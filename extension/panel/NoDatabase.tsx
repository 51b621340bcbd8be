import { signal, createModel, useModel } from '@preact/signals'

import { Icon } from './Icon'
import { Screen } from './Screen'

/** Another view of Wince, from before an update, still holds the database. */
export function OtherView() {
  return (
    <Screen title="Wince">
      <section class="trouble" aria-labelledby="trouble">
        <h2 id="trouble">Close the other Wince</h2>
        <p class="soft">
          Wince was updated, and an older window of it is still open. Close that one, and this one
          goes on by itself. Everything you noted is kept.
        </p>
      </section>
    </Screen>
  )
}

interface RescueDeps {
  /** Writes everything that was not sent into a file of the walker's. */
  saveAsFile(): Promise<void>
}

const RescueModel = createModel(({ saveAsFile }: RescueDeps) => {
  const status = signal<'waiting' | 'saved' | 'failed'>('waiting')
  return {
    status,
    async save(): Promise<void> {
      try {
        await saveAsFile()
        status.value = 'saved'
      } catch (error) {
        console.error('nothing saved', error)
        status.value = 'failed'
      }
    },
  }
})

/** The database does not open: nothing can be noted, and nothing is thrown away (M-9). */
export function Rescue(deps: RescueDeps) {
  const rescue = useModel(() => new RescueModel(deps))
  return (
    <Screen
      title="Wince"
      dock={
        <button class="btn primary wide" type="button" onClick={() => void rescue.save()}>
          <Icon name="download" /> Save what was not sent as a file
        </button>
      }
    >
      <section class="trouble" aria-labelledby="trouble">
        <h2 id="trouble">Wince cannot open its notes</h2>
        <p class="soft">
          Nothing was deleted. Close all windows of your browser and open it again; if that does not
          help, look for an update of Wince.
        </p>
        {rescue.status.value === 'saved' && (
          <output class="notice">
            <Icon name="check" /> <span>Saved as a file</span>
          </output>
        )}
        {rescue.status.value === 'failed' && (
          <p class="notice late" role="alert">
            <Icon name="warn" /> <span>They cannot be read now. They are still here.</span>
          </p>
        )}
      </section>
    </Screen>
  )
}
