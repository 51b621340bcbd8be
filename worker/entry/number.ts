/** The number in an address, `128`; undefined for anything that was never given out. */
export function toEntryNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
