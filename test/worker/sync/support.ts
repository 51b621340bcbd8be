import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { vi } from 'vitest'

import type { Attachment } from '#shared/attachment'
import { PullResponse, PushResponse } from '#shared/sync'

import type { Env } from '../../../worker/env'
import { newId } from '../../support/ops'
import { send } from '../support/browser'
import { newDevice, newWorkspace } from '../support/workspace'
import { sha256Of } from '../support/sha256'

// A real database takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

/** `epoch` is what it believes; 1 unless a test restored something. */
export type Device = Awaited<ReturnType<typeof newSender>> & { epoch?: number }

/** A new leader's paired browser in this workspace, or in one of its own; `captureId` is what it calls itself. */
export async function newSender(given?: {
  workspace?: Awaited<ReturnType<typeof newWorkspace>>
  personId?: string
}) {
  const workspace = given?.workspace ?? (await newWorkspace())
  const device = await newDevice(workspace, given?.personId)
  return { ...device, workspace, captureId: newId() }
}

interface Bindings {
  DB?: D1Database
  BLOBS?: R2Bucket
}

export async function ask(
  device: Pick<Device, 'token'>,
  path: string,
  init: RequestInit = {},
  bindings: Bindings = {},
) {
  const headers = new Headers(init.headers)
  headers.set('Authorization', `Bearer ${device.token}`)
  return send(path, { ...init, headers }, { ...(env as Env), ...bindings })
}

export async function askPush(
  device: Device,
  ops: readonly unknown[],
  change: object = {},
  bindings: Bindings = {},
) {
  const { captureId: deviceId, epoch = 1 } = device
  const body = JSON.stringify({ proto: 1, deviceId, epoch, ops, ...change })
  return ask(
    device,
    '/v1/sync/push',
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body },
    bindings,
  )
}

/** The results of a push that is answered with 200 and fits the client's schema. */
export async function push(device: Device, ops: readonly unknown[], bindings: Bindings = {}) {
  const response = await askPush(device, ops, {}, bindings)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`push was answered ${response.status}: ${text}`)
  return v.parse(PushResponse, JSON.parse(text)).results
}

export async function askPull(device: Device, query: { cursor?: string; limit?: number } = {}) {
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  return ask(device, `/v1/sync/pull?${parameters.join('&')}`)
}

export async function pull(device: Device, query: { cursor?: string; limit?: number } = {}) {
  const response = await askPull(device, query)
  if (response.status !== 200) throw new Error(`pull was answered ${response.status}`)
  return v.parse(PullResponse, await response.json())
}

/** Everything that a device would have in its mirror after pulling pages of this size. */
export async function pullAll(device: Device, limit = 200, between?: () => Promise<void>) {
  const mirror = new Map<string, Record<string, unknown>>()
  let cursor: string | undefined
  for (;;) {
    const page = await pull(device, { limit, ...(cursor !== undefined && { cursor }) })
    for (const row of page.rows) mirror.set(`${row.type}/${row.id}`, row)
    if (!page.more) return { mirror, cursor: page.cursor }
    cursor = page.cursor
    await between?.()
  }
}

export async function putPicture(
  device: Device,
  sha256: string,
  bytes: Uint8Array<ArrayBuffer>,
  bindings: Bindings = {},
) {
  return ask(
    device,
    `/v1/blobs/${sha256}`,
    { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: bytes },
    bindings,
  )
}

export async function attachmentOf(
  bytes: Uint8Array<ArrayBuffer>,
  change: Partial<Attachment> = {},
): Promise<Attachment> {
  return {
    sha256: await sha256Of(bytes),
    type: 'image/png',
    bytes: bytes.byteLength,
    width: 24,
    height: 16,
    covered: 1,
    uninspected: 0,
    everythingCovered: false,
    ...change,
  }
}

/** Rows straight from the database. */
export async function rows<Row = Record<string, unknown>>(
  sql: string,
  ...values: unknown[]
): Promise<Row[]> {
  const { results } = await env.DB.prepare(sql)
    .bind(...values)
    .all<Row>()
  return results
}

export async function count(sql: string, ...values: unknown[]): Promise<number> {
  const [row] = await rows<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, ...values)
  return row?.n ?? -1
}
