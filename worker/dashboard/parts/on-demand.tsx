import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { Loading } from './Loading'
import { Page } from './Page'
import { Trouble } from './Trouble'

/**
 * A page whose code is loaded when somebody first goes there. Where that fails, as after an update
 * of the server, it says so and can be tried again.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Known: ComponentType<Props> | undefined
  return function OnDemand(props: Props) {
    const [state, setState] = useState<'loading' | 'ready' | 'failed'>(Known ? 'ready' : 'loading')
    useEffect(() => {
      if (state !== 'loading') return
      load().then(
        (loaded) => {
          Known = loaded
          setState('ready')
        },
        (error: unknown) => {
          console.error('page not loaded', error)
          setState('failed')
        },
      )
    }, [state])
    if (Known) return <Known {...props} />
    return (
      <Page title="One moment">
        <h1 class="vh">One moment</h1>
        {state === 'failed' ? <Trouble retry={() => setState('loading')} /> : <Loading />}
      </Page>
    )
  }
}
