import { type Container, attribute, each, lines, svgUrl } from './drawing'
import type { Secret } from './secrets'

const drawOn = (kind: 'canvas' | 'video', text: string) =>
  `<canvas width="300" height="24" class="${kind === 'canvas' ? 's' : ''}" data-text="${attribute(text)}"></canvas>`

/** Pictures, and what draws itself. */
export const PICTURE: Container[] = [
  {
    name: 'large-image',
    html: (all) =>
      each(all, (text) => `<p><img class="s" width="300" height="40" src="${svgUrl(text)}"></p>`),
  },
  {
    name: 'svg-text',
    html: (all) =>
      each(
        all,
        (text) => `<p><svg class="s" width="400" height="40"><text y="25">${text}</text></svg></p>`,
      ),
  },
  {
    name: 'canvas',
    html: (all) =>
      `${each(all, (text) => drawOn('canvas', text))}<script>for (const each of document.querySelectorAll('canvas')) each.getContext('2d').fillText(each.dataset.text, 2, 15)</script>`,
  },
  {
    name: 'video',
    html: (all) =>
      each(
        all,
        (text) => `<video class="s" width="300" height="30" poster="${svgUrl(text)}"></video>`,
      ),
  },
  {
    name: 'object',
    html: (all) =>
      each(
        all,
        (text) =>
          `<object class="s" width="300" height="40" type="image/svg+xml" data="${svgUrl(text)}"></object>`,
      ),
  },
]

/** What lies around a text: roots, frames, scrolling, transforms. */
export const AROUND: Container[] = [
  { name: 'open-shadow', html: (all) => shadow(all, 'open') },
  { name: 'closed-shadow', html: (all) => shadow(all, 'closed') },
  {
    name: 'frame',
    html: () => '<iframe src="/inner/frame" width="940" height="420"></iframe>',
    inner: lines,
  },
  {
    name: 'frame-srcdoc',
    html: (all) => `<iframe width="940" height="420" srcdoc="${attribute(lines(all))}"></iframe>`,
  },
  {
    name: 'foreign-frame',
    html: (_all, partner) =>
      `<iframe class="s" src="${partner}/inner/foreign-frame" width="940" height="420"></iframe>`,
    inner: lines,
  },
  {
    name: 'sandboxed-frame',
    html: (all) =>
      `<iframe class="s" sandbox width="940" height="420" srcdoc="${attribute(lines(all))}"></iframe>`,
  },
  {
    name: 'frame-in-shadow',
    html: () =>
      `<x-box></x-box><script>window.roots={};customElements.define('x-box',class extends HTMLElement{connectedCallback(){const root=this.attachShadow({mode:'open'});root.innerHTML='<iframe src="/inner/frame-in-shadow" width="940" height="420"></iframe>'}})</script>`,
    inner: lines,
  },
  {
    name: 'scrolled',
    html: (all) =>
      `<div id="scroll" style="height:360px;overflow:auto"><div style="height:900px"></div>${lines(all)}</div><script>document.getElementById('scroll').scrollTop=900</script>`,
  },
  {
    name: 'scaled',
    html: (all) => `<div style="transform:scale(1.25);transform-origin:0 0">${lines(all)}</div>`,
  },
  {
    name: 'turned',
    html: (all) =>
      `<div style="transform:rotate(8deg);transform-origin:0 0;margin:10px 90px">${lines(all)}</div>`,
  },
  { name: 'css-zoom', html: (all) => `<div style="zoom:1.2">${lines(all)}</div>` },
  { name: 'sticky', html: (all) => `<div style="position:sticky;top:0">${lines(all)}</div>` },
  { name: 'over-edge', html: (all) => `<div style="margin-left:-3em">${lines(all)}</div>` },
  {
    name: 'overflowing',
    html: (all) => `<div style="width:2em;height:12em;white-space:nowrap">${lines(all)}</div>`,
  },
]

function shadow(all: readonly Secret[], mode: 'open' | 'closed'): string {
  return `<x-box></x-box><script>window.roots={};customElements.define('x-box',class extends HTMLElement{connectedCallback(){const root=this.attachShadow({mode:'${mode}'});root.innerHTML=${JSON.stringify(lines(all)).replaceAll('</', String.raw`<\/`)};if('${mode}'==='closed')window.roots.box=root}})</script>`
}
