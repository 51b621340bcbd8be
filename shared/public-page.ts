import { escapeHtml } from '#shared/html'
import { PUBLIC_STYLE } from '#shared/public-style'
import type { MessageKind } from '#shared/wording'

/** What everybody may read: what customers said, and what was done about it. */
export interface PublicItem {
  id: string
  kind: MessageKind
  youSaid: string
  words: string
  /** Unix ms. */
  at: number
}

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

interface PublicPage {
  organisation: string
  /** The page's own address, without a query. */
  address: string
  items: readonly PublicItem[]
  /** Where older ones are; null where there are none. */
  older: string | null
}

/** The whole page: no script, no picture, nothing from elsewhere. */
export function publicPageHtml({ organisation, address, items, older }: PublicPage): string {
  const name = escapeHtml(organisation)
  const list = items.map(
    ({ id, kind, youSaid, words, at }) => `<li id="m-${escapeHtml(id)}">
<article>
${youSaid === '' ? '' : `<h2><span>You said</span> ${escapeHtml(youSaid)}</h2>`}
<p class="did">${kind === 'explanation' ? 'Why it stays' : 'We did'}</p>
${paragraphs(words)}
<p class="soft"><time datetime="${new Date(at).toISOString()}">${day.format(at)}</time></p>
</article>
</li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>You said, we did · ${name}</title>
<link rel="alternate" type="application/rss+xml" title="You said, we did" href="${escapeHtml(address)}/feed.xml">
<style>${PUBLIC_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="soft">${name}</p>
<h1>You said, we did</h1>
<p>Thank you to everybody who tells us what does not work. Here is what changed.</p>
</header>
${items.length === 0 ? '<p>Nothing yet.</p>' : `<ol>\n${list.join('\n')}\n</ol>`}
${older === null ? '' : `<nav aria-label="Older"><a href="${escapeHtml(older)}">Older</a></nav>`}
</main>
</body>
</html>
`
}

function paragraphs(text: string): string {
  return text
    .split(/\n+/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${escapeHtml(part)}</p>`)
    .join('\n')
}

/**
 * The same as RSS 2.0.
 *
 * @see https://www.rssboard.org/rss-specification
 */
export function publicFeedXml({ organisation, address, items }: Omit<PublicPage, 'older'>): string {
  const list = items.map(
    ({ id, youSaid, words, at }) => `<item>
<title>${toXml(youSaid === '' ? 'What changed' : youSaid)}</title>
<link>${toXml(address)}#m-${toXml(id)}</link>
<guid isPermaLink="false">${toXml(id)}</guid>
<pubDate>${new Date(at).toUTCString()}</pubDate>
<description>${toXml(toXml(words))}</description>
</item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>You said, we did · ${toXml(organisation)}</title>
<link>${toXml(address)}</link>
<description>What customers said, and what was done about it.</description>
<language>en</language>
<atom:link href="${toXml(address)}/feed.xml" rel="self" type="application/rss+xml"/>
${list.join('\n')}
</channel>
</rss>
`
}

/** Characters that no XML document may hold, escaped or not. @see XML 1.0 §2.2 */
// oxlint-disable-next-line no-control-regex -- it is about them
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu

/** A reader shows a description as HTML, so text in one is escaped twice. */
function toXml(text: string): string {
  return escapeHtml(text.replace(NOT_XML, ''))
}
