import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

/** A telephone line to a server: as slow as one wants, and down when one wants. */
export interface Line {
  /** `http://127.0.0.1:<port>`: what to give out as the server's address. */
  origin: string
  /** Ends every connection and takes no new one, as when a laptop is carried off. */
  cut(): void
  mend(): void
  /** What was said to the server so far, as bytes, a connection each. */
  heard(): Buffer[]
  close(): Promise<void>
}

/** @param delayMs how long anything takes each way */
export async function openLine(serverOrigin: string, delayMs = 0): Promise<Line> {
  const { port, hostname } = new URL(serverOrigin)
  const sockets = new Set<Socket>()
  const said: Buffer[][] = []
  let isDown = false

  const server = createServer((near) => {
    if (isDown) {
      near.resetAndDestroy()
      return
    }
    const far = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    said.push(chunks)
    near.on('data', (chunk: Buffer) => void chunks.push(chunk))
    pass(near, far)
    pass(far, near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  function pass(from: Socket, to: Socket) {
    sockets.add(from)
    from.on('data', (chunk) => setTimeout(() => void (to.destroyed || to.write(chunk)), delayMs))
    from.on('end', () => setTimeout(() => to.end(), delayMs))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      setTimeout(() => to.destroy(), delayMs)
    })
  }

  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isDown = true
      hangUp()
    },
    mend() {
      isDown = false
    },
    heard: () => said.map((chunks) => Buffer.concat(chunks)),
    async close() {
      hangUp()
      server.close()
      await once(server, 'close')
    },
  }
}
