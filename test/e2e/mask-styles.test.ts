import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenLab, openLab } from './portal/lab'
import { sizeOf, truthOf, uncovered } from './portal/truth'

const ORIGIN = 'http://portal.test'
const PICTURE =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"/>'
/** What must be covered is `#s`, which holds no text of its own that would be. */
const WORDS = '<p><span id="s" data-x="jane.doe@hospital.example" class="words"> </span></p>'
const LARGE = '<div id="s" class="large" style="width:300px;height:60px"></div>'
const style = (css: string) => `<style>${css}</style>`
const script = (code: string) => `<script>${code}</script>`
const adopt = (css: string) =>
  script(
    `const sheet=new CSSStyleSheet();sheet.replaceSync(${JSON.stringify(css)});document.adoptedStyleSheets=[sheet]`,
  )
const inRoot = (host: string, inner: string, mode = 'closed') =>
  host.replace(/(<\w+[^>]*>)/, `$1<template shadowrootmode="${mode}">${inner}</template>`)

/** Every way in which a style draws what no element holds. */
const DRAWN: Record<string, string> = {
  'a rule': style('.words::before{content:attr(data-x)}') + WORDS,
  'a rule of one colon': style('.words:after{content:"REQ0048213"}') + WORDS,
  'a rule in a layer in a medium': `${style('@layer a{@media all{.words::after{content:attr(data-x)}}}')}${WORDS}`,
  'a rule in a rule': style('.words{&::after{content:attr(data-x)}}') + WORDS,
  'a variable': `${style(':root{--x:"REQ0048213"}.words::after{content:var(--x)}')}${WORDS}`,
  'a sheet that a script made': adopt('.words::after{content:attr(data-x)}') + WORDS,
  'an imported sheet': style('@import url(/words.css);') + WORDS,
  'a sheet of another origin': `<link rel="stylesheet" href="http://partner.test/words.css">${WORDS}`,
  'an animation': `${style('@keyframes k{from,to{content:attr(data-x)}}.words::after{content:"";animation:k 99s}')}${WORDS}`,
  'a script’s animation':
    style('.words::after{content:"ok"}') +
    WORDS +
    script(
      `document.getElementById('s').animate({content:['"REQ0048213"','"REQ0048213"']},{duration:1e6,pseudoElement:'::after'})`,
    ),
  'a root about its host': inRoot(
    '<span id="s" data-x="jane.doe@hospital.example"></span>',
    style(':host::after{content:attr(data-x)}'),
  ),
  'a root about what it was given': inRoot(
    `<section>${WORDS.replace(/<\/?p>/g, '')}</section>`,
    `${style('::slotted(span)::after{content:attr(data-x)}')}<slot></slot>`,
  ),
  'a picture in a rule': style(`.large{background-image:url('${PICTURE}')}`) + LARGE,
  'a picture in an attribute': LARGE.replace(
    'style="',
    `style="background:url('${PICTURE.replaceAll('"', '%22')}');`,
  ),
  'a picture in a variable': `${style(`:root{--p:url('${PICTURE}')}.large{background:var(--p)}`)}${LARGE}`,
  'a picture that a script registered':
    script(
      `CSS.registerProperty({name:'--q',syntax:'<image>',inherits:true,initialValue:${JSON.stringify(`url('${PICTURE}')`)}})`,
    ) +
    style('.large{background-image:var(--q)}') +
    LARGE,
  'a picture that a script animates':
    LARGE +
    script(
      `document.getElementById('s').animate({backgroundImage:[${JSON.stringify(`url('${PICTURE}')`)},${JSON.stringify(`url('${PICTURE}')`)}]},{duration:1e6})`,
    ),
  'a picture of a root about its host': inRoot(LARGE, style(`:host{background:url('${PICTURE}')}`)),
}

let lab: OpenLab
beforeAll(async () => {
  lab = await openLab()
  await lab.context.route(/^http:\/\/(?:portal|partner)\.test\//, async (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.slice(1))
    if (name === 'words.css')
      return route.fulfill({
        contentType: 'text/css',
        body: '.words::after{content:attr(data-x)}',
      })
    await route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><title>Styles</title><body style="margin:12px">${DRAWN[name] ?? ''}`,
    })
  })
})
afterAll(() => lab.close())

test.each(Object.keys(DRAWN))('what %s draws is covered', async (name) => {
  const page = await lab.context.newPage()
  await page.goto(`${ORIGIN}/${encodeURIComponent(name)}`)
  await page.waitForLoadState('networkidle')
  const [box] = await truthOf(page, '#s')
  const { tabId } = await lab.tabOf(page)

  const mask = await lab.call('collect', tabId)

  const { width, height } = await sizeOf(page)
  expect(box?.[2]).toBeGreaterThan(0)
  expect(mask?.boxes.length).toBeLessThan(4)
  expect(box && uncovered(box, mask?.boxes ?? [])).toBe(0)
  expect(uncovered([0, 0, width, height], mask?.boxes ?? [])).toBeGreaterThan(0)
  await page.close()
})
