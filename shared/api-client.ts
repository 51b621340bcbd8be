import { accountApi } from '#shared/api/account'
import { againApi } from '#shared/api/again'
import { type ApiOptions, createCall } from '#shared/api/call'
import { entryListApi } from '#shared/api/entry-list'
import { followUpApi } from '#shared/api/follow-up'
import { homeApi } from '#shared/api/home'
import { importApi } from '#shared/api/import'
import { menuApi } from '#shared/api/menu'
import { messageApi } from '#shared/api/message'
import { connectionApi, pairingApi } from '#shared/api/pairing'
import { peopleApi } from '#shared/api/people'
import { playbookApi } from '#shared/api/playbook'
import { planApi } from '#shared/api/plan'
import { entryApi } from '#shared/api/entry'
import { signInApi } from '#shared/api/sign-in'
import { keepApi } from '#shared/api/keep'
import { serviceApi } from '#shared/api/service'
import { triageApi } from '#shared/api/triage'
import { viewApi } from '#shared/api/view'
import { walkApi } from '#shared/api/walk'

/**
 * The one client, used by the dashboard, the extension and the tests. Every method resolves to
 * an answer that was checked, or rejects with `ApiError`; `fetch`'s own failures pass through.
 * A feature adds a file under shared/api/ and a line here.
 */
export function createApiClient(options: ApiOptions) {
  const call = createCall(options)
  return {
    ...signInApi(call),
    ...accountApi(call),
    ...peopleApi(call),
    ...pairingApi(call),
    ...connectionApi(call),
    ...entryApi(call),
    ...homeApi(call),
    ...entryListApi(call),
    ...importApi(call),
    ...planApi(call),
    ...againApi(call),
    ...triageApi(call),
    ...keepApi(call),
    ...serviceApi(call),
    ...menuApi(call),
    ...walkApi(call),
    ...viewApi(call),
    ...followUpApi(call),
    ...messageApi(call),
    ...playbookApi(call),
  }
}
export type ApiClient = ReturnType<typeof createApiClient>
