import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Playbook } from '#shared/api/playbook'

import { type Load, load } from '../load'
import { PlaybookItem } from './PlaybookItem'

interface ServicePlaybooksProps {
  api: Pick<ApiClient, 'listPlaybooks'>
  service: string
}

/** On the page of an entry: what is planned for failures of its service; nothing where nothing is. */
export function ServicePlaybooks({ api, service }: ServicePlaybooksProps) {
  const state = useSignal<Load<Playbook[]>>({ status: 'loading' })
  useEffect(
    () => void load(state, async () => (await api.listPlaybooks(service)).playbooks),
    [api, service, state],
  )
  const shown = state.value
  if (shown.status !== 'ready' || shown.value.length === 0) return null
  return (
    <section class="playbook" aria-labelledby="h-playbooks">
      <div class="sechead">
        <h2 id="h-playbooks">Playbooks for {service}</h2>
        <a class="meta" href="/playbooks">
          All playbooks
        </a>
      </div>
      {shown.value.map((playbook) => (
        <details key={playbook.id}>
          <summary>{playbook.name}</summary>
          <PlaybookItem playbook={playbook} />
        </details>
      ))}
    </section>
  )
}
