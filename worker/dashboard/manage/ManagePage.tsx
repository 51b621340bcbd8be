import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { DevicesModel } from '../devices/devices'
import { DevicesList } from '../devices/DevicesList'
import { Icon } from '../parts/Icon'
import { Page } from '../parts/Page'
import { mayManage } from '../parts/roles'
import { PeopleSection } from './PeopleSection'
import { WorkspaceSection } from './WorkspaceSection'

interface ManagePageProps {
  api: ApiClient
  me: Me
  onWorkspaceChanged: (workspace: Me['workspace']) => void
}

export function ManagePage({ api, me, onWorkspaceChanged }: ManagePageProps) {
  const devices = useModel(() => new DevicesModel(api))
  useEffect(() => void devices.reload(), [devices])
  return (
    <Page title="Set up" class="manage">
      <header class="head">
        <h1>Set up</h1>
        <p class="soft">{me.workspace.name}</p>
      </header>
      <PeopleSection api={api} me={me} />
      <div class="side">
        <section class="card pad" aria-labelledby="h-dev">
          <div class="line">
            <h2 id="h-dev" class="grow">
              Connected browsers
            </h2>
            <a class="btn small" href="/manage/connect">
              <Icon name="plus" small /> Connect one
            </a>
          </div>
          <DevicesList devices={devices} />
        </section>
        <WorkspaceSection
          api={api}
          mayChange={mayManage(me.person.role)}
          onChanged={onWorkspaceChanged}
        />
      </div>
    </Page>
  )
}
