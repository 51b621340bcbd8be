import type { D1Migration } from 'cloudflare:test'
import type { Env as WorkerEnv } from '../../worker/env'

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      MIGRATIONS: D1Migration[]
      SIM_SCHEDULES: number
      ENTRY_HISTORIES: number
    }
    interface GlobalProps {
      mainModule: typeof import('../../worker/index')
    }
  }
}
