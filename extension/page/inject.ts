import * as v from 'valibot'

import { browser } from '#imports'
import type { Anchor } from '#shared/anchor'

import { PageCovers } from './cover'
import { type PageRules, anchorArguments, leaveOptions, optionsArguments } from './options'

const finite = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000))
const size = v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(100_000))
const short = v.pipe(v.string(), v.maxLength(64))

/** What page-mask.js answers; a page's world is not trusted, not even an isolated one. */
const MaskAnswer = v.object({
  covers: PageCovers,
  covered: count,
  uninspected: count,
  complete: v.boolean(),
  overflowed: v.boolean(),
  moved: v.boolean(),
  print: v.object({
    address: short,
    frames: short,
    scrollX: finite,
    scrollY: finite,
    width: size,
    height: size,
    ratio: finite,
    scale: finite,
    offsetX: finite,
    offsetY: finite,
  }),
})
type MaskAnswer = v.InferOutput<typeof MaskAnswer>

/** Covers with the document they are of; another document means that the tab went elsewhere. */
export interface MaskOfDocument extends MaskAnswer {
  documentId: string
}

/**
 * What to cover in a tab now. Undefined when its page cannot be looked into: a browser's own
 * page, a PDF, or an answer that makes no sense.
 *
 * @param options.nameCovers whether fields are given names, which takes a little longer
 * @throws what the browser says when it does not let us in
 */
export async function collectMaskIn(
  tabId: number,
  options: PageRules & { nameCovers: boolean },
): Promise<MaskOfDocument | undefined> {
  await browser.scripting.executeScript({
    target: { tabId },
    func: leaveOptions,
    args: optionsArguments(options),
  })
  const [injected] = await browser.scripting.executeScript({
    target: { tabId },
    files: ['/page-mask.js'],
  })
  const answer = v.safeParse(MaskAnswer, injected?.result)
  return answer.success ? { ...answer.output, documentId: injected?.documentId ?? '' } : undefined
}

/**
 * Starts the trail in a tab and in its frames of granted origins; where it runs, nothing happens.
 *
 * @throws what the browser says when it does not let us in
 */
export async function startTrailIn(tabId: number, options: PageRules): Promise<void> {
  const target = { tabId, allFrames: true }
  await browser.scripting.executeScript({
    target,
    func: leaveOptions,
    args: optionsArguments(options),
  })
  await browser.scripting.executeScript({ target, files: ['/page-trail.js'] })
}

/** What page-find.js answers. */
const FindAnswer = v.nullable(
  v.object({ score: finite, box: v.tuple([finite, finite, finite, finite]) }),
)
type FindAnswer = v.InferOutput<typeof FindAnswer>

/**
 * Looks for an anchor's element in a tab, brings it into view and outlines it. Null where it is
 * not found, and where nothing may be looked into. Never rejects.
 */
export async function findAnchorIn(
  tabId: number,
  anchor: Anchor,
  rules: PageRules,
): Promise<FindAnswer> {
  const target = { tabId }
  try {
    // Names are compared as they were kept.
    await browser.scripting.executeScript({
      target,
      func: leaveOptions,
      args: optionsArguments(rules),
    })
    await browser.scripting.executeScript({
      target,
      func: leaveOptions,
      args: anchorArguments(anchor),
    })
    const [injected] = await browser.scripting.executeScript({ target, files: ['/page-find.js'] })
    const answer = v.safeParse(FindAnswer, injected?.result)
    return answer.success ? answer.output : null
  } catch (error) {
    console.info('this page cannot be looked into', error)
    return null
  }
}

/** True when a tab has finished loading; false while it loads, and when it is gone. */
export async function isTabAtRest(tabId: number): Promise<boolean> {
  try {
    return (await browser.tabs.get(tabId)).status === 'complete'
  } catch {
    return false
  }
}
