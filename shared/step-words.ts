import { hostOf } from '#shared/address'
import { toClock, toSpan } from '#shared/duration'
import type { Step } from '#shared/step'

/** A step as a sentence of the timeline: `before`, the thing in bold, `after`. */
export interface StepWords {
  before: string
  thing: string
  after: string
}

const CALL_ENDS = {
  human: 'a person answered',
  'self-served': 'solved by the menu',
  voicemail: 'voicemail',
  'dead-end': 'a dead end',
  callback: 'they will call back',
  'wrong-language': 'the wrong language',
  closed: 'closed',
  dropped: 'the line dropped',
  'gave-up': 'gave up',
  'hung-up': 'hung up',
} as const

const SOLVED = {
  yes: ', solved',
  partly: ', partly solved',
  no: ', not solved',
  unsaid: '',
} as const

const ANSWERS = {
  email: 'They answered by e-mail ',
  chat: 'They answered in a chat ',
  phone: 'They called back',
  portal: 'They answered on the portal ',
  desk: 'They answered at the desk ',
} as const

const CONTACTS = {
  phone: 'Somebody called ',
  desk: 'Somebody walked up ',
  portal: 'Somebody wrote on the portal ',
  chat: 'Somebody chatted ',
  email: 'Somebody wrote an e-mail ',
} as const

export function stepWords(step: Step): StepWords {
  switch (step.kind) {
    case 'page':
      return say(
        'Opened ',
        step.title ?? pageName(step.origin, step.route),
        step.breadcrumb == null ? '' : `, under ${step.breadcrumb.join(' › ')}`,
      )
    case 'click':
      return step.name === null ? say('Used ', `a ${step.role}`) : say('Used ', `“${step.name}”`)
    case 'wait':
      return say('Waited ', toSpan(step.ms), step.for === null ? '' : ` for “${step.for}”`)
    case 'error':
      return say(
        'Met ',
        step.status === null ? 'an error' : `error ${step.status}`,
        step.message === null ? '' : `: ${step.message}`,
      )
    case 'sign-in':
      return say('Signed in at ', hostOf(step.origin))
    case 'back':
      return say('Went back')
    case 'unseen':
      return say(
        'A page that Wince does not see',
        '',
        step.origin === null ? '' : ` (${hostOf(step.origin)})`,
      )
    case 'dial':
      return say('Called ', step.number || 'a number', step.why === null ? '' : `: ${step.why}`)
    case 'key':
      return say('Pressed ', step.key)
    case 'said':
      return say('Said ', `“${step.words}”`)
    case 'heard':
      return say('Heard ', `“${step.words}”`)
    case 'option':
      return say('Offered ', step.key, ` for ${step.label}`)
    case 'hold':
      return step.ms === 0 ? say('On hold') : say('On hold for ', toClock(step.ms))
    case 'asked-again':
      return say('Asked again for ', step.thing)
    case 'transfer':
      return say(
        'Passed on',
        '',
        `${step.toldWhy === false ? ', not told why' : ''}${step.nextKnew === false ? ', the next person knew nothing' : ''}`,
      )
    case 'person':
      return say('A person answered')
    case 'call-end':
      return say('Call ended: ', CALL_ENDS[step.how], SOLVED[step.solved ?? 'unsaid'])
    case 'paused':
      return say('Paused')
    case 'resumed':
      return say('Went on')
    case 'waiting':
      return say('Waiting for them')
    case 'answer':
      return say(
        ANSWERS[step.channel],
        step.subject === null ? '' : `“${step.subject}”`,
        step.system === null ? '' : ` from ${step.system}`,
      )
    case 'contact':
      return say(CONTACTS[step.channel], step.need === '' ? '' : `“${step.need}”`)
  }
}

function say(before: string, thing = '', after = ''): StepWords {
  return { before, thing, after }
}

function pageName(origin: string, route: string): string {
  return route === '/' ? hostOf(origin) : `${hostOf(origin)}${route}`
}
