import { browser } from '#imports'

import type { Anchor } from '#shared/anchor'

import {
  collectMaskIn,
  findAnchorIn,
  isTabAtRest,
  startTrailIn,
} from '../../../extension/page/inject'
import { leaveOptions, optionsArguments } from '../../../extension/page/options'
import { stopMessage } from '../../../extension/page/trail-message'
import { type CaptureRequest, capturePicture } from '../../../extension/picture/capture'
import { burnPicture } from '../../../extension/picture/draw'
import type { Drawing } from '../../../extension/picture/paint'
import { type FollowedWalk, createRecorder } from '../../../extension/walk/recorder'
import type { StepDraft } from '../../../extension/walk/walks'

/** Runs in the worker of a test's own extension: the real page scripts, with hosts granted. */
const steps: StepDraft[] = []
let walk: FollowedWalk | undefined
/** Messages of trails, whether or not a walk goes on. */
let heard = 0
const shotTimes: number[] = []
const store = {
  getActiveWalk: async () => walk,
  appendStep: async (_: string, step: StepDraft) => void steps.push(step),
  addTab: async (_: string, tabId: number) => {
    if (walk) walk = { ...walk, tabIds: [...walk.tabIds, tabId] }
  },
  removeTab: async (_: string, tabId: number) => {
    if (walk) walk = { ...walk, tabIds: walk.tabIds.filter((id) => id !== tabId) }
  },
  setUnseen: async (_: string, tabId: number, isUnseen: boolean) => {
    if (!walk || walk.unseenTabIds.includes(tabId) === isUnseen) return false
    const others = walk.unseenTabIds.filter((id) => id !== tabId)
    walk = { ...walk, unseenTabIds: isUnseen ? [...others, tabId] : others }
    return true
  },
}
const recorder = createRecorder({
  store,
  tabs: {
    startTrail: startTrailIn,
    isAtRest: isTabAtRest,
    stopTrail: async (tabId) => void (await browser.tabs.sendMessage(tabId, stopMessage)),
  },
  extensionId: browser.runtime.id,
  now: Date.now,
})
browser.tabs.onUpdated.addListener(
  (tabId, change, tab) => void recorder.onTabUpdated(tabId, change, tab),
)
browser.tabs.onCreated.addListener((tab) => void recorder.onTabCreated(tab))
browser.tabs.onRemoved.addListener((tabId) => void recorder.onTabRemoved(tabId))
browser.runtime.onMessage.addListener((message, sender) => {
  if (recorder.onMessage(message, sender)) heard += 1
})

type Asked = Omit<CaptureRequest, 'rules'> & { privateWords?: string[] }

function withNames(request: Asked): CaptureRequest {
  const { privateWords = [], ...asked } = request
  return { ...asked, rules: { withholdNames: false, privateWords } }
}

async function encode(outcome: Awaited<ReturnType<typeof capturePicture>>) {
  if (!('blob' in outcome)) return outcome
  outcome.shot.bitmap.close()
  const bytes = new Uint8Array(await outcome.blob.arrayBuffer())
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return { attachment: outcome.attachment, base64 }
}

async function leaveFor(tabId: number, url: string): Promise<void> {
  const there = new Promise<void>((resolve) => {
    browser.tabs.onUpdated.addListener(function onUpdated(id, change) {
      if (id !== tabId || change.status !== 'complete') return
      browser.tabs.onUpdated.removeListener(onUpdated)
      resolve()
    })
  })
  await browser.tabs.update(tabId, { url })
  await there
}

const shootTab = browser.tabs.captureVisibleTab.bind(browser.tabs)
Object.assign(browser.tabs, {
  captureVisibleTab: (windowId: number) => {
    shotTimes.push(Date.now())
    return shootTab(windowId, { format: 'png' })
  },
})

const lab = {
  heard: () => heard,
  shotTimes: () => shotTimes,
  /** The tab in front; an error page's tab keeps the address that could not be reached. */
  async findTab() {
    const [tab] = await browser.tabs.query({ active: true })
    return tab && { tabId: tab.id ?? -1, windowId: tab.windowId }
  },
  setZoom: (tabId: number, zoom: number) => browser.tabs.setZoom(tabId, zoom),
  async describe(tabId: number, withholdNames: boolean, privateWords: string[] = []) {
    await browser.scripting.executeScript({
      target: { tabId },
      func: leaveOptions,
      args: optionsArguments({ withholdNames, privateWords }),
    })
    const [answer] = await browser.scripting.executeScript({
      target: { tabId },
      files: ['/page-describe.js'],
    })
    return answer?.result
  },
  find: (tabId: number, anchor: Anchor) => findAnchorIn(tabId, anchor, { withholdNames: false }),
  async collect(tabId: number, options = { nameCovers: true, withholdNames: false }) {
    const mask = await collectMaskIn(tabId, options)
    return mask && { ...mask, boxes: mask.covers.flatMap(({ boxes }) => boxes) }
  },
  capture: async (request: Asked) => encode(await capturePicture(withNames(request))),
  /** A picture of a tab with other things covered, shown and left than its plan says. */
  async burn(request: Asked, change: Pick<Drawing, 'ink' | 'shown' | 'crop'>) {
    const taken = await capturePicture(withNames(request))
    if ('reason' in taken) return taken
    const { bitmap, plan } = taken.shot
    const drawing = { space: plan.viewport, ...change }
    return encode({ ...taken, ...(await burnPicture(bitmap, drawing, taken.attachment)) })
  },
  /** A picture of a tab that goes elsewhere between its boxes and its shot, so many times. */
  async captureLeaving(request: Asked, urls: string[]) {
    const shoot = browser.tabs.captureVisibleTab
    const leaving = [...urls]
    const leaveAndShoot = async (windowId: number) => {
      const url = leaving.shift()
      if (url !== undefined) await leaveFor(request.tabId, url)
      return shoot(windowId, { format: 'png' })
    }
    Object.assign(browser.tabs, { captureVisibleTab: leaveAndShoot })
    try {
      return await encode(await capturePicture(withNames(request)))
    } finally {
      Object.assign(browser.tabs, { captureVisibleTab: shoot })
    }
  },
  /**
   * How far, at most, a channel of the pixels in each box is from `ink`, in a picture read anew
   * from its bytes. Boxes in pixels of the picture.
   */
  async farthest(base64: string, type: string, boxes: number[][], ink: number[]) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(bitmap, 0, 0)
    return boxes.map(([x = 0, y = 0, width = 1, height = 1]) => {
      const { data } = context.getImageData(x, y, Math.max(1, width), Math.max(1, height))
      let worst = 0
      for (let index = 0; index < data.length; index += 1) {
        if (index % 4 !== 3)
          worst = Math.max(worst, Math.abs((data[index] ?? 0) - (ink[index % 4] ?? 0)))
      }
      return worst
    })
  },
  startWalk(next: Omit<FollowedWalk, 'unseenTabIds' | 'walkId'>) {
    steps.length = 0
    walk = { ...next, walkId: 'walk', unseenTabIds: [] }
    return recorder.followNow()
  },
  async endWalk() {
    await recorder.stop(walk?.tabIds ?? [])
    walk = undefined
  },
  startTrail: (tabId: number) => startTrailIn(tabId, { withholdNames: false }),
  /** As where a page comes between the options and the script. */
  async runTrailWithoutOptions(tabId: number) {
    await browser.scripting.executeScript({ target: { tabId }, files: ['/page-trail.js'] })
  },
  steps: () => steps,
}
export type Lab = typeof lab
Object.assign(globalThis, { lab })
