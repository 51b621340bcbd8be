/** A request as the pages see it. */
export interface Asked {
  method: string
  url: URL
  form: URLSearchParams
  isSignedIn: boolean
  origin: string
  otherOrigin: string
}

export interface Answer {
  status?: number
  html?: string
  headers?: Record<string, string>
  delayMs?: number
}

export type Show = (asked: Asked) => Answer
