import { diagnosticsOf } from '../home/diagnostics'
import type { WinceDatabase } from '../storage/database'
import type { ToastModel } from './toast'

/** Puts what somebody who helps needs to know on the clipboard, and says so. */
export async function copyDiagnostics(
  database: WinceDatabase,
  about: { version: string; isOnline: boolean; now: number },
  toast: Pick<ToastModel, 'say'>,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(await diagnosticsOf(database, about))
    toast.say('Diagnostics copied. They hold no words of yours', null)
  } catch (error) {
    console.error('diagnostics not copied', error)
    toast.say('The diagnostics could not be copied', null)
  }
}
