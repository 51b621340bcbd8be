/** Hands a text over as a file, the way a page does: the browser asks where it goes. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; Firefox needs the address a moment longer.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
