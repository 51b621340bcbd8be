/** What wrangler.jsonc binds. */
export interface Env {
  DB: D1Database
  BLOBS: R2Bucket
  ASSETS: Fetcher
  /** A cheap first guard against floods; counts nothing that security rests on (D-10). */
  FLOOD?: RateLimit
  /** Opens the first run while nobody owns this installation; a secret. */
  SETUP_TOKEN?: string
}
