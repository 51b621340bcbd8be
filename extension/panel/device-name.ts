/** What a person sees this browser called in their list of devices: `Edge on Windows`. */
export function deviceName(userAgent: string): string {
  const name = /Edg\//.test(userAgent) ? 'Edge' : /Firefox\//.test(userAgent) ? 'Firefox' : 'Chrome'
  const system = /Windows/.test(userAgent)
    ? 'Windows'
    : /Mac OS X/.test(userAgent)
      ? 'macOS'
      : /CrOS/.test(userAgent)
        ? 'ChromeOS'
        : /Linux|X11/.test(userAgent)
          ? 'Linux'
          : 'a computer'
  return `${name} on ${system}`
}
