import { AROUND, PICTURE } from './containers-around'
import { type Container, attribute, each, lines, svgUrl } from './drawing'

/** Splits a text over elements, as pages do that highlight or break it. */
const split = (text: string, between: string) => {
  const middle = Math.floor(text.length / 2)
  return text.slice(0, middle) + between + text.slice(middle)
}

const TEXT: Container[] = [
  { name: 'paragraph', html: lines },
  {
    name: 'table-cell',
    html: (all) =>
      `<table><tr>${each(all, (text) => `<td><span class="s">${text}</span></td></tr><tr>`)}</tr></table>`,
  },
  {
    name: 'list-item',
    html: (all) => `<ul>${each(all, (text) => `<li><span class="s">${text}</span></li>`)}</ul>`,
  },
  {
    name: 'heading',
    html: (all) => each(all, (text) => `<h3><span class="s">${text}</span></h3>`),
  },
  { name: 'link', html: (all) => each(all, (text) => `<p><a href="#x" class="s">${text}</a></p>`) },
  {
    name: 'button',
    html: (all) =>
      each(all, (text) => `<p><button class="n">Open <span class="s">${text}</span></button></p>`),
  },
  {
    name: 'label',
    html: (all) =>
      each(
        all,
        (text) =>
          `<p><label>For <span class="s">${text}</span> <input class="n" type="checkbox"></label></p>`,
      ),
  },
  {
    name: 'bold-halves',
    html: (all) => each(all, (text) => `<p><span class="s">${split(text, '<b>')}</b></span></p>`),
  },
  {
    name: 'word-break',
    html: (all) => each(all, (text) => `<p><span class="s">${split(text, '<wbr>')}</span></p>`),
  },
  {
    name: 'soft-hyphen',
    html: (all) => each(all, (text) => `<p><span class="s">${split(text, '&shy;')}</span></p>`),
  },
  {
    name: 'zero-width',
    html: (all) => each(all, (text) => `<p><span class="s">${split(text, '\u200b')}</span></p>`),
  },
  {
    name: 'nbsp',
    html: (all) =>
      each(all, (text) => `<p><span class="s">${text.replaceAll(' ', '\u00a0')}</span></p>`),
  },
  {
    name: 'preformatted',
    html: (all) => `<pre>${each(all, (text) => `<span class="s">${text}</span>`)}</pre>`,
  },
  {
    name: 'small-capitals',
    html: (all) =>
      each(all, (text) => `<p style="font-variant:small-caps"><span class="s">${text}</span></p>`),
  },
  {
    name: 'right-to-left',
    html: (all) =>
      `<div dir="rtl">${each(all, (text) => `<p>اكتب <span class="s">${text}</span> الآن</p>`)}</div>`,
  },
  {
    name: 'narrow-column',
    html: (all) =>
      `<div style="width:7em;overflow-wrap:anywhere">${each(all.slice(0, 8), (text) => `<p style="margin:2px"><span class="s">${text}</span></p>`)}</div>`,
  },
  { name: 'columns', html: (all) => `<div style="columns:3">${lines(all)}</div>` },
  {
    name: 'details',
    html: (all) => `<details open><summary>More</summary>${lines(all)}</details>`,
  },
  {
    name: 'dialog',
    html: (all) => `<dialog open style="position:fixed;inset:10px">${lines(all)}</dialog>`,
  },
  {
    name: 'popover',
    html: (all) =>
      `<div popover id="pop">${lines(all)}</div><script>document.getElementById('pop').showPopover()</script>`,
  },
  {
    name: 'alert',
    html: (all) =>
      each(all, (text) => `<div role="alert"><span class="s">${text}</span> is not known</div>`),
  },
]

const FIELD: Container[] = [
  {
    name: 'input',
    html: (all) =>
      each(all, (text) => `<p><input class="s" size="60" value="${attribute(text)}"></p>`),
  },
  {
    name: 'textarea',
    html: (all) => each(all, (text) => `<textarea class="s" cols="60" rows="2">${text}</textarea>`),
  },
  {
    name: 'select',
    html: (all) =>
      each(all, (text) => `<p><select class="s"><option>${text}</option></select></p>`),
  },
  {
    name: 'list-box',
    html: (all) =>
      `<select class="s" size="8">${each(all, (text) => `<option>${text}</option>`)}</select>`,
  },
  {
    name: 'editable',
    html: (all) => each(all, (text) => `<div class="s" contenteditable>${text}</div>`),
  },
  {
    name: 'aria-textbox',
    html: (all) =>
      each(all, (text) => `<div class="s" role="textbox" aria-label="Value">${text}</div>`),
  },
  {
    name: 'output',
    html: (all) => each(all, (text) => `<p><output class="s">${text}</output></p>`),
  },
  {
    name: 'placeholder',
    html: (all) =>
      each(all, (text) => `<p><input class="s" size="60" placeholder="${attribute(text)}"></p>`),
  },
  {
    name: 'submit',
    html: (all) =>
      each(all, (text) => `<p><input class="s" type="submit" value="${attribute(text)}"></p>`),
  },
]

const MARKED: Container[] = [
  {
    name: 'data-private',
    html: (all) => each(all, (text) => `<p class="s" data-private>${text}</p>`),
  },
  { name: 'session-mask', html: (all) => each(all, (text) => `<p class="s fs-mask">${text}</p>`) },
  {
    name: 'private-background',
    html: (all) =>
      each(
        all,
        (text) =>
          `<div class="s" data-private style="width:300px;height:40px;background:url('${svgUrl(text)}')"></div>`,
      ),
  },
  {
    name: 'large-background',
    html: (all) =>
      each(
        all,
        (text) =>
          `<div class="s" style="width:300px;height:40px;background:url('${svgUrl(text)}')"></div>`,
      ),
  },
]

const ATTRIBUTE: Container[] = [
  {
    name: 'aria-label',
    html: (all) =>
      each(
        all,
        (text) => `<p><button class="n" aria-label="Call ${attribute(text)}">Call</button></p>`,
      ),
  },
  {
    name: 'title-attribute',
    html: (all) =>
      each(all, (text) => `<p><button class="n" title="${attribute(text)}"><i></i></button></p>`),
  },
  {
    name: 'image-alt',
    html: (all) =>
      each(
        all,
        (text) =>
          `<p><img class="s" alt="${attribute(text)}" width="200" height="20" src="/missing.png"></p>`,
      ),
  },
  {
    name: 'labelled-by',
    html: (all) =>
      each(
        all,
        (text, index) =>
          `<p><span class="s" id="l${index}">${text}</span> <button class="n" aria-labelledby="l${index}">Go</button></p>`,
      ),
  },
  {
    name: 'id-and-test-id',
    html: (all) =>
      each(
        all,
        (text, index) =>
          `<p><button class="n" id="${attribute(text)}" data-testid="${attribute(text)}">Open ${index}</button></p>`,
      ),
  },
  {
    name: 'pseudo-before',
    html: (all) =>
      `<style>${each(all, (text, index) => `#b${index}::before{content:"${text}"}`)}</style>${each(all, (_text, index) => `<p><span class="s" id="b${index}"></span></p>`)}`,
  },
  {
    name: 'pseudo-attribute',
    html: (all) =>
      `<style>.a::after{content:attr(data-x)}</style>${each(all, (text) => `<p><span class="s a" data-x="${attribute(text)}"></span></p>`)}`,
  },
]

export const CONTAINERS: readonly Container[] = [
  ...TEXT,
  ...FIELD,
  ...MARKED,
  ...ATTRIBUTE,
  ...PICTURE,
  ...AROUND,
]
