import * as v from 'valibot'

/** The name of a public page in its address: what somebody chose, or what nobody can guess. */
export const Slug = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9](?:-?[a-z0-9]){5,59}$/,
    'six to sixty small letters, digits and single dashes between them',
  ),
)

export function isSlug(text: string): boolean {
  return v.is(Slug, text)
}

/** A name that nobody can guess: 100 bits. */
export function newSlug(randomBytes: (length: number) => Uint8Array): string {
  return Array.from(randomBytes(20), (byte) => (byte % 32).toString(32)).join('')
}
