import type { ApiClient } from '#shared/api-client'
import { ENTRY_SORTS } from '#shared/api/entry-list'

const DEEP_PAGES = 60

/** Paths of every list that a view, a chip or a column offers, and of an entry with what is on it. */
export async function requestsOf(
  client: ApiClient,
  { personId, entry }: { personId: string; entry: number },
): Promise<string[]> {
  const { services } = await client.listEntries({})
  const service = encodeURIComponent(services[3] ?? '')
  const owner = await someOwner(client)
  const alone = [
    'owner=me',
    'owner=none',
    `owner=${owner ?? personId}`,
    'waiting=1',
    'free=1',
    'quiet=1',
    'due=over',
    'due=none',
    'systemic=1',
    'state=all',
    'state=closed',
    'state=hold',
    'state=new',
    'mood=liked',
    'impact=4',
    'effort=S',
    'impact=4&effort=S',
    `service=${service}`,
    'asks=hold',
    'asks=review',
    'asks=process',
  ]
  const together = [
    `service=${service}&impact=4`,
    `service=${service}&owner=none&free=1`,
    'owner=none&quiet=1&free=1',
    'state=all&owner=none',
    'state=closed&impact=4&free=1',
    'free=1&due=over&systemic=1',
  ]
  const searches = ['form', 'the form forgets', 'zzz', '17', 'form&state=all', 'form&free=1', 'kal']
  const asked = [
    ...ENTRY_SORTS.map((sort) => `sort=${sort}`),
    ...alone.flatMap((each) => ENTRY_SORTS.map((sort) => `${each}&sort=${sort}`)),
    ...together.flatMap((each) => ['impact', 'changed'].map((sort) => `${each}&sort=${sort}`)),
    ...searches.map((q) => `q=${q.replaceAll(' ', '%20')}`),
    `limit=100`,
    ...(await deepPages(client)),
  ]
  return [
    '/app/entries',
    ...asked.map((query) => `/app/entries?${query}`),
    '/app/entries/tabs',
    '/app/views',
    ...['cell', 'state'].flatMap((by) =>
      ['', '&free=1', `&service=${service}`, '&owner=none&waiting=1'].map(
        (more) => `/app/entries/groups?by=${by}${more}`,
      ),
    ),
    `/app/entries/export.csv?numbers=${Array.from({ length: 50 }, (_, index) => index + 1).join(',')}`,
    `/app/entries/${entry}`,
  ]
}

async function someOwner(client: ApiClient): Promise<string | undefined> {
  const { entries } = await client.listEntries({ limit: '100' })
  return entries.find(({ owner }) => owner !== null)?.owner?.id
}

/** As far behind as somebody might turn pages, in both directions. */
async function deepPages(client: ApiClient): Promise<string[]> {
  let last = await client.listEntries({ limit: '100' })
  let after: string | undefined
  for (let page = 1; page < DEEP_PAGES && last.next !== null; page += 1) {
    after = last.next
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one is
    last = await client.listEntries({ limit: '100', after })
  }
  return [
    ...(after === undefined ? [] : [`after=${after}`]),
    ...(last.previous === null ? [] : [`before=${last.previous}`]),
  ]
}
