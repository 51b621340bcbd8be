import { Icon } from '../parts/Icon'
import type { Setup, SetupStep } from './setup'

/** Where one is, and what was said so far. Codes belong to signing in. */
export function Steps({ setup, step }: { setup: Setup; step: SetupStep }) {
  const covers = setup.coverEverything.value
  const here = step === 'codes' ? 'sign-in' : step
  const steps = [
    { id: 'organisation', words: 'Your organisation', said: setup.workspaceName.value },
    {
      id: 'pictures',
      words: 'What pictures may show',
      said:
        covers === null ? '' : covers ? 'everything is covered' : 'fields and patterns are covered',
    },
    {
      id: 'sign-in',
      words: 'How you sign in',
      said: setup.hasPasskey.value
        ? 'a passkey and recovery codes'
        : step === 'connect'
          ? 'recovery codes'
          : '',
    },
    { id: 'connect', words: 'Connect a browser', said: 'two minutes' },
  ] as const
  const index = steps.findIndex((each) => each.id === here)
  return (
    <ol class="steps">
      {steps.map(({ id, words, said }, each) => (
        <li
          key={id}
          class={each < index ? 'ok' : ''}
          {...(each === index && { 'aria-current': 'step' as const })}
        >
          <span class="n">{each < index ? <Icon name="check" /> : each + 1}</span>
          <p>
            {words}
            {each < index && <span class="vh">, done</span>}
            {said !== '' && (
              <span>
                <span>{said}</span>
              </span>
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}
