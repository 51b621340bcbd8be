import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

// Storage is isolated per test file; the tables are the real ones.
await applyD1Migrations(env.DB, env.MIGRATIONS)
