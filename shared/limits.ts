/**
 * Every limit that we enforce ourselves, because local D1 is more lenient than the real one
 * (2,000,000 bytes a row there; D-3 in the reliability requirements). Bytes are UTF-8.
 */
export const FIELD_MAX_BYTES = 100_000
export const OP_MAX_BYTES = 256_000
export const PUSH_MAX_OPS = 10
export const PUSH_MAX_BYTES = 900_000
export const REQUEST_MAX_BYTES = 1_048_576
export const JSON_MAX_DEPTH = 8
export const PULL_MAX_ROWS = 200
/** Entries of others that a device may hold, those of one page, and the tokens of one: the most frequent. */
export const NEARBY_MAX_ENTRIES = 2_000
export const NEARBY_MAX_ROWS = 100
export const NEARBY_MAX_TOKENS = 256
/** So long after the server received it a note can be recalled, in ms. */
export const RECALL_WINDOW_MS = 24 * 3_600_000
export const PART_MAX_STEPS = 2_000
export const PART_MAX_BYTES = 200_000
export const PICTURE_MAX_BYTES = 4 * 1_048_576
export const PICTURE_MAX_SIDE = 8_192
export const PICTURE_MAX_PIXELS = 40_000_000
