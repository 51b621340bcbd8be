/** Looks again until there is something to see, for as long as is sensible to wait. */
export async function waitFor<Found>(
  look: () => Found | undefined | Promise<Found | undefined>,
  what: string,
  patienceMs = 15_000,
): Promise<Found> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`waited ${patienceMs} ms for ${what}`)
    await new Promise((wake) => setTimeout(wake, 50))
  }
}
