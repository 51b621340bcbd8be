import { type ReadonlySignal, useModel } from '@preact/signals'

import { hostOf } from '#shared/address'

import { Icon } from '../panel/Icon'
import type { KeptWalk } from '../storage/database'
import { type PageAccessDeps, PageAccessModel } from './page-access'

interface PageAccessProps extends PageAccessDeps {
  walk: KeptWalk
  shortcut: ReadonlySignal<string>
}

/** Says so where Wince cannot see the page in front, and offers what can be done about it. */
export function PageAccess(props: PageAccessProps) {
  const model = useModel(() => new PageAccessModel(props))
  const origin = model.origin.value
  const host = origin === null ? '' : hostOf(origin)
  const key = props.shortcut.value
  switch (model.access.value) {
    case 'seen':
      return null
    case 'closed':
      return (
        <p class="notice access">
          <Icon name="lock" />
          <span>
            Wince cannot see this page. Your note will have your words and the time, no picture.
          </span>
        </p>
      )
    case 'unknown':
      return (
        <p class="notice access">
          <Icon name="lock" />
          <span>
            Wince cannot see this page. Your note will have your words and the time, no picture. To
            change that,{' '}
            {key === '' ? (
              'click Wince in the toolbar'
            ) : (
              <>
                press <span class="key">{key}</span>
              </>
            )}{' '}
            on the page.
          </span>
        </p>
      )
    case 'allowable':
      return (
        <div class="notice access">
          <Icon name="lock" />
          <p>
            Wince does not see {host} on this walk: its pages are not written down.
            <button class="btn small" type="button" onClick={() => void model.allow()}>
              Allow this site for this walk
            </button>
          </p>
        </div>
      )
    case 'off-limits':
      return (
        <p class="notice access">
          <Icon name="lock" />
          <span>
            Your organisation keeps Wince away from {host}. Your note will have your words and the
            time, no picture.
          </span>
        </p>
      )
    case 'aside':
      return (
        <div class="notice access">
          <Icon name="portal" />
          <p>
            This tab is not on the walk.
            <button class="btn small" type="button" onClick={() => void model.follow()}>
              Take this tab along
            </button>
          </p>
        </div>
      )
  }
}
