import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { toolEnv } from '../../scripts/tools.mjs'

const running = new Set<ChildProcess>()

// A test file that dies must not leave a browser or a server behind.
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
})

/** Starts a program in a process group of its own, so that its children end with it. */
export function startProcess(command: string, args: string[], options: SpawnOptions = {}) {
  const child = spawn(command, args, { ...options, env: toolEnv(options.env), detached: true })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

/** Ends a program and its children: politely, and after `patienceMs` for sure. */
export async function stopProcess(child: ChildProcess, patienceMs = 5000): Promise<void> {
  if (!running.has(child)) return
  const gone = once(child, 'exit')
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs)
  await gone
  clearTimeout(timer)
  signalGroup(child, 'SIGKILL')
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already, which is what was asked for.
  }
}
