import { outerElement } from './tree'

/** Roles that elements have without saying so. @see HTML-AAM 1.0, §3.5 */
const PLAIN: Record<string, string> = {
  address: 'group',
  article: 'article',
  aside: 'complementary',
  blockquote: 'blockquote',
  button: 'button',
  caption: 'caption',
  code: 'code',
  datalist: 'listbox',
  dd: 'definition',
  details: 'group',
  dialog: 'dialog',
  dt: 'term',
  fieldset: 'group',
  figure: 'figure',
  form: 'form',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  hr: 'separator',
  html: 'document',
  iframe: 'iframe',
  legend: 'legend',
  li: 'listitem',
  main: 'main',
  math: 'math',
  menu: 'list',
  meter: 'meter',
  nav: 'navigation',
  ol: 'list',
  optgroup: 'group',
  option: 'option',
  output: 'status',
  p: 'paragraph',
  progress: 'progressbar',
  search: 'search',
  summary: 'button',
  svg: 'img',
  table: 'table',
  tbody: 'rowgroup',
  textarea: 'textbox',
  tfoot: 'rowgroup',
  thead: 'rowgroup',
  tr: 'row',
  ul: 'list',
  video: 'video',
}

const INPUTS: Record<string, string> = {
  button: 'button',
  checkbox: 'checkbox',
  color: 'color',
  date: 'date',
  'datetime-local': 'date',
  email: 'textbox',
  file: 'file',
  image: 'button',
  month: 'date',
  number: 'spinbutton',
  password: 'password',
  radio: 'radio',
  range: 'slider',
  reset: 'button',
  search: 'searchbox',
  submit: 'button',
  tel: 'textbox',
  text: 'textbox',
  time: 'time',
  url: 'textbox',
  week: 'date',
}

const EXPLICIT = /^[a-z]{3,30}$/

/** The ARIA role of an element, said or implied; `generic` where it has none. */
export function roleOf(element: Element): string {
  const said = element.getAttribute('role')?.trim().toLowerCase().split(/\s+/) ?? []
  const role = said.find((word) => EXPLICIT.test(word))
  if (role && role !== 'none' && role !== 'presentation') return role
  return role ? 'generic' : impliedRole(element)
}

function impliedRole(element: Element): string {
  const tag = element.localName
  switch (tag) {
    case 'a':
    case 'area':
      return element.hasAttribute('href') ? 'link' : 'generic'
    case 'input':
      return inputRole(element as HTMLInputElement)
    case 'select':
      return isListBox(element as HTMLSelectElement) ? 'listbox' : 'combobox'
    case 'img':
      return element.getAttribute('alt') === '' ? 'generic' : 'img'
    case 'td':
      return element.closest('table')?.getAttribute('role') === 'grid' ? 'gridcell' : 'cell'
    case 'th':
      return element.getAttribute('scope') === 'row' ? 'rowheader' : 'columnheader'
    case 'header':
      return element.closest('article, aside, main, nav, section') ? 'generic' : 'banner'
    case 'footer':
      return element.closest('article, aside, main, nav, section') ? 'generic' : 'contentinfo'
    case 'section':
      return element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby')
        ? 'region'
        : 'generic'
    default:
      return PLAIN[tag] ?? 'generic'
  }
}

function inputRole(input: HTMLInputElement): string {
  const role = INPUTS[input.type] ?? 'textbox'
  return input.hasAttribute('list') && (role === 'textbox' || role === 'searchbox')
    ? 'combobox'
    : role
}

function isListBox(select: HTMLSelectElement): boolean {
  return select.multiple || select.size > 1
}

const INTERACTIVE =
  /^(?:button|link|checkbox|radio|switch|tab|menuitem|menuitemcheckbox|menuitemradio|option|treeitem|textbox|searchbox|combobox|spinbutton|slider|listbox|password|date|time|file|color|gridcell)$/

/** True for what a customer acts on, as opposed to what they read. */
export function isInteractive(role: string): boolean {
  return INTERACTIVE.test(role)
}

/** Inside these a name may be a person's (DECISIONS 3). */
const ROWS = /^(?:row|gridcell|listitem|option|treeitem)$/

export function isRowLike(role: string): boolean {
  return ROWS.test(role)
}

/** True for a row, and for what is anywhere inside of one. */
export function isInsideRow(element: Element): boolean {
  for (let each: Element | null = element; each; each = outerElement(each)) {
    if (isRowLike(roleOf(each))) return true
  }
  return false
}
