import * as v from 'valibot'

import { type Call, Nothing, pathPart } from '#shared/api/call'
import { Id } from '#shared/id'
import { Name } from '#shared/people'
import { Channel } from '#shared/place'

/** What customers get, and the names it goes by, over `/app`. */

export const SERVICES_MAX = 500
export const ALIASES_A_SERVICE_MAX = 50

const channels = v.pipe(v.array(Channel), v.maxLength(10))
export const NewService = v.strictObject({
  provider: Name,
  name: Name,
  channels: v.optional(channels, []),
})
export const ChangeService = v.strictObject({
  provider: v.exactOptional(Name),
  name: v.exactOptional(Name),
  channels: v.exactOptional(channels),
})
export const NewAlias = v.strictObject({ alias: Name })

export const Service = v.object({
  id: Id,
  provider: v.string(),
  name: v.string(),
  channels: v.array(Channel),
  /** Other names that mean it, folded. */
  aliases: v.array(v.string()),
})
export type Service = v.InferOutput<typeof Service>

/**
 * Services over HTTP, for somebody signed in.
 *
 * @throws ApiError 404 for what this workspace does not have
 */
export function serviceApi(call: Call) {
  return {
    listServices: () =>
      call({
        method: 'GET',
        path: '/app/services',
        answer: v.object({ services: v.array(Service) }),
      }),

    /** @throws ApiError 422 when there is one of that name */
    addService: (json: v.InferInput<typeof NewService>) =>
      call({ method: 'POST', path: '/app/services', json, answer: Service }),

    changeService: (id: string, json: v.InferInput<typeof ChangeService>) =>
      call({ method: 'PATCH', path: `/app/services/${pathPart(id)}`, json, answer: Service }),

    /** @throws ApiError 422 when it means another service already */
    addAlias: (id: string, json: v.InferInput<typeof NewAlias>) =>
      call({
        method: 'POST',
        path: `/app/services/${pathPart(id)}/aliases`,
        json,
        answer: Service,
      }),

    removeAlias: (id: string, alias: string) =>
      call({
        method: 'DELETE',
        path: `/app/services/${pathPart(id)}/aliases/${pathPart(alias)}`,
        answer: Nothing,
      }),
  }
}
export type ServiceApi = ReturnType<typeof serviceApi>
