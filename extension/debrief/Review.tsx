import { useModel } from '@preact/signals'

import { Screen } from '../panel/Screen'
import type { LeavingProps } from './Debrief'
import { Preview } from './Preview'
import { type SendFormDeps, SendFormModel } from './send-form'
import { SendDock } from './SendDock'
import { Sent } from './Sent'

/** What is ready and not sent: of one walk so far, or of all walks and of none. */
export function Review(props: SendFormDeps & LeavingProps) {
  const send = useModel(() => new SendFormModel(props))
  if (send.status.value === 'sent') return <Sent {...props} form={send} />
  return (
    <Screen
      title="Review and send"
      back={{ label: 'Back to home', go: props.onHome }}
      dock={<SendDock {...props} form={send} isBusy={false} />}
    >
      <Preview form={send} open onShowPicture={props.onShowPicture} />
    </Screen>
  )
}
