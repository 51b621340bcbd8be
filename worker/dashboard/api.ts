import { createApiClient } from '#shared/api-client'

/**
 * The worker that served this page. `onSignedOut` is told when it no longer knows who is asking,
 * whatever was asked.
 */
export function openApi(onSignedOut: () => void) {
  return createApiClient({
    baseUrl: '',
    fetch: async (url, init) => {
      const response = await fetch(url, init)
      if (response.status === 401) onSignedOut()
      return response
    },
  })
}
