import { Icon } from '../panel/Icon'

interface ThankTheDeskProps {
  /** The desk's own references of requests that walks left behind. */
  leftBehind: readonly string[]
  onCopy(text: string): void
}

/** Whoever answered did so for a customer: they are told that it was a walk, and thanked (C8). */
export function ThankTheDesk({ leftBehind, onCopy }: ThankTheDeskProps) {
  return (
    <p class="notice">
      <Icon name="eyes" />
      <span>
        Did you meet somebody? Tell the desk that it was a walk, and thank them.{' '}
        <button class="link" type="button" onClick={() => onCopy(thanksFor(leftBehind))}>
          Copy the words
        </button>
      </span>
    </p>
  )
}

/** What can be sent to the desk by whatever they read. */
export function thanksFor(leftBehind: readonly string[]): string {
  return [
    'Thank you for your help. I was walking in our customers’ shoes, to see what they see.',
    ...(leftBehind.length === 0
      ? []
      : [`Please withdraw what I left with you: ${leftBehind.join(', ')}.`]),
    'Whatever I noted is about the process, not about you.',
  ].join(' ')
}
