/** Hands bytes over as a file, the way a page does: the browser asks where it goes. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; Firefox needs the address a moment longer.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
