import { hostOf } from '#shared/address'

import { countOf, joined } from '../panel/time-words'
import type { Policy } from './policy'

/** What an organisation set, a sentence each; nothing for what it left open. */
export function policyWords(policy: Policy): string[] {
  const { server, allowedPortals, coverEverything, retentionDays, unread } = policy
  return [
    ...(server === null ? [] : [`This browser may connect to ${hostOf(server)} only.`]),
    ...(allowedPortals === null
      ? []
      : [
          allowedPortals.length === 0
            ? 'Wince may see no site.'
            : `Wince may see ${joined(allowedPortals.map((each) => hostOf(each)))} only.`,
        ]),
    ...(coverEverything ? ['Every picture is covered whole.'] : []),
    ...(retentionDays === null
      ? []
      : [`What was sent stays whole here for ${countOf(retentionDays, 'day')}.`]),
    ...(unread.length === 0
      ? []
      : [`It set ${joined(unread)} in a way that Wince cannot read, so the careful way holds.`]),
  ]
}
