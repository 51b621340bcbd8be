import { toAddress } from '#shared/address'
import type { Trail } from './trail-port'

const SIGN_IN_ROUTE =
  /(?:^|[/_.-])(?:log-?in|sign-?in|log-?on|sso|saml2?|oauth2?|adfs|authorize)(?:$|[/_.-])/i

/** Notes that a customer had to sign in: once a page, when a password is sent or such a page left. */
export function watchSignIns({ window, signal, send }: Trail): void {
  let isTold = false
  let hasActed = false
  const tell = () => {
    const address = toAddress(window.location.href)
    if (isTold || !address) return
    isTold = true
    send({ kind: 'sign-in', at: Date.now(), origin: address.origin })
  }
  const onAct = (event: Event) => {
    hasActed ||= event.isTrusted
  }
  window.addEventListener('click', onAct, { capture: true, passive: true, signal })
  window.addEventListener(
    'submit',
    (event) => {
      hasActed ||= event.isTrusted
      if (event.isTrusted && hasPassword(event.target as ParentNode)) tell()
    },
    { capture: true, passive: true, signal },
  )
  window.addEventListener(
    'pagehide',
    () => {
      const address = toAddress(window.location.href)
      if (
        hasActed &&
        address &&
        (SIGN_IN_ROUTE.test(address.route) || hasPassword(window.document))
      )
        tell()
    },
    { signal },
  )
}

/** Whether something is in the field is asked, what it is never is. */
function hasPassword(root: ParentNode): boolean {
  return Array.from(root.querySelectorAll<HTMLInputElement>('input[type="password"]')).some(
    (field) => field.value !== '',
  )
}
