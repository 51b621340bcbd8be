import { browser } from '#imports'

import { type MaskOfDocument, collectMaskIn } from '../page/inject'
import type { PageRules } from '../page/options'
import { type CapturedPicture, drawPicture } from './draw'
import type { OpenShot } from './open-shots'
import { fitsViewport, planOf, stoodStill } from './plan'
import { takeShot, takeTurn } from './shot'

export interface CaptureRequest {
  tabId: number
  windowId: number
  coverEverything: boolean
  rules: PageRules
}

/** A masked picture, with the shot itself, for whoever takes it over and closes it. */
export interface CapturedShot extends CapturedPicture {
  shot: OpenShot
  /** False where no cover may be taken off: nobody knows what lies under which. */
  mayOpen: boolean
}

/**
 * Why there is no picture. no-grant: the key or the menu was not used here · not-inspectable: a
 * browser's own page, an error page, a PDF, a store · failed: the tab went elsewhere meanwhile.
 */
export interface NoPicture {
  reason: 'no-grant' | 'not-inspectable' | 'failed'
}

/** One shot with what was to be covered before and after it. */
interface Shot {
  bitmap: ImageBitmap
  before: MaskOfDocument
  after: MaskOfDocument
}

/**
 * A masked picture of what a tab shows. For the panel's page: the raw bitmap stays in its memory,
 * and whoever gets it closes it. Boxes are collected before and after the shot; a page that did
 * not stand still is tried once more and then covered whole (DECISIONS 2). A shot of a tab that
 * went to another document is thrown away (M-8). Never rejects.
 */
export async function capturePicture(request: CaptureRequest): Promise<CapturedShot | NoPicture> {
  try {
    const first = await takeTurn(() => attempt(request))
    if (isShot(first) && stoodStill(first.before, first.after)) return await finish(first, request)
    if (isShot(first)) first.bitmap.close()
    else if (first.reason !== 'failed') return first
    const second = await takeTurn(() => attempt(request))
    return isShot(second) ? await finish(second, request) : second
  } catch (error) {
    console.warn('no picture', error)
    return { reason: 'failed' }
  }
}

async function finish(
  { bitmap, before, after }: Shot,
  request: CaptureRequest,
): Promise<CapturedShot> {
  const plan = planOf(before, after, request.coverEverything)
  try {
    const picture = await drawPicture(bitmap, plan)
    return {
      ...picture,
      shot: { bitmap, plan },
      mayOpen: plan.isSure && fitsViewport(bitmap, plan),
    }
  } catch (error) {
    bitmap.close()
    throw error
  }
}

async function attempt({ tabId, windowId, rules }: CaptureRequest): Promise<Shot | NoPicture> {
  const before = await collect(tabId, { ...rules, nameCovers: false })
  if ('reason' in before) return before
  if (!(await isInFront(tabId, windowId))) return { reason: 'failed' }
  let bitmap: ImageBitmap
  try {
    bitmap = await takeShot(windowId)
  } catch (error) {
    return { reason: isNoGrant(error) ? 'no-grant' : 'failed' }
  }
  // The shot is taken: names may take their time.
  const after = await collect(tabId, { ...rules, nameCovers: true })
  if (
    'reason' in after ||
    after.documentId !== before.documentId ||
    !(await isInFront(tabId, windowId))
  ) {
    bitmap.close()
    return { reason: 'failed' }
  }
  return { bitmap, before, after }
}

async function collect(
  tabId: number,
  options: PageRules & { nameCovers: boolean },
): Promise<MaskOfDocument | NoPicture> {
  try {
    return (await collectMaskIn(tabId, options)) ?? { reason: 'not-inspectable' }
  } catch (error) {
    return { reason: (await isWebPage(tabId)) && isNoGrant(error) ? 'no-grant' : 'not-inspectable' }
  }
}

function isShot(outcome: Shot | NoPicture): outcome is Shot {
  return 'bitmap' in outcome
}

/** A window's picture is of the tab in front, which need not be the one that was asked for. */
async function isInFront(tabId: number, windowId: number): Promise<boolean> {
  const tab = await browser.tabs.get(tabId)
  return tab.active && tab.windowId === windowId
}

/** Without a grant the address is hidden: then it may well be a web page. */
async function isWebPage(tabId: number): Promise<boolean> {
  const { url } = await browser.tabs.get(tabId)
  return url === undefined || url === '' || /^https?:/.test(url)
}

function isNoGrant(error: unknown): boolean {
  return /permission is required|cannot access contents|host permission|must request permission/i.test(
    String(error),
  )
}
