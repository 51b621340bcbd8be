import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

import type { ApiClient } from '#shared/api-client'
import type { NewPasskey, UsedPasskey } from '#shared/api/passkey'

type CreationOptions = Awaited<ReturnType<ApiClient['startPasskey']>>['options']
type RequestOptions = Awaited<ReturnType<ApiClient['startPasskeySignIn']>>['options']

/** What the models need of the browser's passkeys. A promise rejects when the person says no. */
export interface Passkeys {
  areSupported: boolean
  create(options: CreationOptions): Promise<NewPasskey>
  use(options: RequestOptions): Promise<UsedPasskey>
}

export const browserPasskeys: Passkeys = {
  areSupported: browserSupportsWebAuthn(),
  create: (options) => startRegistration({ optionsJSON: options }),
  use: (options) => startAuthentication({ optionsJSON: options }),
}

/** True when nothing went wrong but that the person, or the browser for them, said no. */
export function isDeclined(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
}
