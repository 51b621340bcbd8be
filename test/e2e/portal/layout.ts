/** A page of the fixture portal: plain, with a header, so that texts have somewhere to be. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 sans-serif;margin:16px;background:#fff;color:#222}label{display:block}td,th{padding:4px 12px;text-align:left}.tiles{display:flex;gap:8px;flex-wrap:wrap}</style>
</head><body>${body}</body></html>`
}

/** Words from outside as text of a page. */
export function text(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
