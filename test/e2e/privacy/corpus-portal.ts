import type { Asked, Show } from '../portal/answer'
import { type Portal, startPortal } from '../portal/portal'
import { CONTAINERS } from './containers'
import { type Container, attribute } from './drawing'
import { type Carrier, type Secret, nameOf, secretsOf, typedWordsOf } from './secrets'

/** A place of the corpus, and where in it that is. */
export interface Planted {
  container: Container
  index: number
  secrets: Secret[]
}

export const PLANTED: readonly Planted[] = CONTAINERS.map((container, index) => ({
  container,
  index,
  secrets: secretsOf(index),
}))

/** Every third place is looked at each time, all of them with `--long`. */
export const LOOKED_AT = PLANTED.filter(
  ({ index }) => process.env['WINCE_LONG'] === '1' || index % 3 === 0,
)

/** `named` has a person's name beside the secrets that `walked` has all around a place. */
export type Way = 'walked' | 'named'

/**
 * The corpus as a portal: each place alone under `/page/`, and as a walk meets it under its way.
 */
export function startCorpusPortal(): Promise<Portal> {
  return startPortal(show)
}

const show: Show = ({ url, otherOrigin }: Asked) => {
  const [, how, name] = url.pathname.split('/')
  const planted = PLANTED.find(({ container }) => container.name === name)
  if (!planted) return { status: 404, html: '' }
  const { container, secrets } = planted
  if (how === 'inner') return { html: documentOf(container.name, container.inner?.(secrets) ?? '') }
  const place = container.html(secrets, otherOrigin)
  if (how === 'page') return { html: documentOf(container.name, place) }
  return { html: walkedPage(planted, place, how === 'named') }
}

/** What a walker types into the form of a place: words, and a secret that a pattern would know. */
export function typedAt({ index }: Planted): string {
  const secrets = secretsOf(index, 'typed')
  return `${typedWordsOf(index)} ${secrets[index % secrets.length]?.text ?? ''}`
}

/** The address of a place as a walk visits it, with secrets wherever an address may have them. */
export function walkedPath({ container, index }: Planted, way: Way): string {
  const path = textsOf(index, 'path').map(encodeURIComponent)
  const query = textsOf(index, 'query').map((text, at) => `p${at}=${encodeURIComponent(text)}`)
  return `/${way}/${container.name}/${path.join('/')}?${query.join('&')}#/view?${query.join('&')}`
}

function textsOf(index: number, carrier: Carrier): string[] {
  return secretsOf(index, carrier).map(({ text }) => text)
}

/** The place, below it a form that takes nothing, and a message that says why. */
function walkedPage({ container, index }: Planted, place: string, isNamed: boolean): string {
  const name = isNamed ? nameOf(index).text : ''
  const [fields, messages] = [textsOf(index, 'field'), textsOf(index, 'message')]
  const half = Math.floor(messages.length / 2)
  // Only the last five steps of the way are kept: which those are changes from place to place.
  const way = rotated(textsOf(index, 'breadcrumb'), index)
  return documentOf(
    [container.name, name, ...textsOf(index, 'title')].join(' '),
    `${place}
<nav aria-label="Breadcrumb"><ol>${[name, ...way].map((text) => `<li>${text}</li>`).join('')}</ol></nav>
<ul><li>${name} waits <button type="button" class="n">Open ${name}</button></li></ul>
<form id="ask">
<label>Number, such as ${fields.join(' or ')} <input id="number" pattern="[.]" aria-describedby="why"></label>
<p id="why"></p><button title="${attribute(fields.join(' '))}">Ask about ${rotated(fields, index)[0]}</button>
</form>
<p id="refused" role="alert"></p>
<script>
document.querySelector('#number').addEventListener('invalid', ({ target }) => {
  const said = ${JSON.stringify([messages.slice(0, half), messages.slice(half)].map((each) => each.join(' ')))}
  document.querySelector('#why').textContent = 'Nobody is ' + target.value + ' but ' + said[0]
  target.setAttribute('aria-invalid', 'true')
  document.querySelector('#refused').textContent = ${JSON.stringify(`${name} did not find `)} + target.value + '. ' + said[1]
})
</script>`,
  )
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

function documentOf(title: string, body: string): string {
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><body style="margin:12px;font:14px sans-serif">${body}`
}
