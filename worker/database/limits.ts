/**
 * Limits of Cloudflare D1, checked by us because a local D1 lets some of them pass.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const MAX_PARAMETERS = 100
export const MAX_STATEMENT_BYTES = 100_000
export const MAX_VALUE_BYTES = 2_000_000
