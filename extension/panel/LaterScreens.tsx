import { CallScreen } from '../call/CallScreen'
import { Debrief, type LeavingProps } from '../debrief/Debrief'
import { Review } from '../debrief/Review'
import { ShiftDebrief } from '../debrief/ShiftDebrief'
import { PictureScreen } from '../editor/PictureScreen'
import { Fates } from '../fates/Fates'
import { bringBack } from '../file/bring-back'
import { ShiftScreen } from '../shift/ShiftScreen'
import { SomeoneToldScreen } from '../someone-told/SomeoneToldScreen'
import { LeftDevice } from '../told/LeftDevice'
import { AnswerScreen } from '../walk/AnswerScreen'
import { Connect } from './Connect'
import type { ConnectFormDeps } from './connect-form'
import type { LaterScreenName, PanelDeps, PanelModel } from './panel'
import { Settings } from './Settings'
import type { SettingsDeps } from './settings-model'
import { WithWalk } from './WithWalk'

export { Fates }

export interface LaterScreenProps extends PanelDeps {
  panel: PanelModel
  screen: LaterScreenName
  leaving: LeavingProps
  pair: ConnectFormDeps['pair']
  coverOldPictures: ConnectFormDeps['coverOldPictures']
  disconnect: SettingsDeps['disconnect']
  openShortcutPage: SettingsDeps['openShortcutPage']
  version: string
}

/** The screens that a walk does not begin on. One file, loaded apart. */
export function LaterScreen({ panel, screen, leaving, ...props }: LaterScreenProps) {
  const { database, surroundings } = props
  const { toast } = panel
  const home = leaving.onHome
  switch (screen.at) {
    case 'call':
      return (
        <CallScreen
          database={database}
          surroundings={surroundings}
          walk={panel.walk.value ?? null}
          say={toast.say}
          onBack={home}
          onAddWords={(id) => void panel.finish(id)}
        />
      )
    case 'shift':
      return (
        <ShiftScreen
          database={database}
          surroundings={surroundings}
          walk={panel.walk.peek() ?? null}
          say={toast.say}
          onBack={home}
          onEnded={(walkId) => {
            if (walkId !== null) return panel.go({ at: 'debrief', walkId })
            toast.say('Shift ended, nothing was kept of it', null)
            home()
          }}
        />
      )
    case 'someone-told':
      return (
        <SomeoneToldScreen
          database={database}
          surroundings={surroundings}
          say={toast.say}
          reopen={(id) => void panel.finish(id)}
          onDone={home}
        />
      )
    case 'debrief':
      return (
        <WithWalk database={database} walkId={screen.walkId} key={screen.walkId}>
          {(ended) => {
            const debrief = {
              ...leaving,
              database,
              surroundings,
              walk: ended,
              requestSync: props.requestSync,
              tellWalkChanged: props.tellWalkChanged,
            }
            return ended.kind === 'shift' ? (
              <ShiftDebrief {...debrief} onGoOn={() => panel.go({ at: 'shift' })} />
            ) : (
              <Debrief {...debrief} />
            )
          }}
        </WithWalk>
      )
    case 'answer':
      return (
        <WithWalk database={database} walkId={screen.walkId} key={screen.walkId}>
          {(walk) => (
            <AnswerScreen
              database={database}
              surroundings={surroundings}
              walk={walk}
              tabs={props.tabs}
              tellWalkChanged={props.tellWalkChanged}
              say={toast.say}
              onBack={home}
              onEnded={() => panel.go({ at: 'debrief', walkId: walk.id })}
              onResumed={(channel) => panel.go({ at: channel === 'phone' ? 'call' : 'home' })}
            />
          )}
        </WithWalk>
      )
    case 'review':
      return (
        <Review
          {...leaving}
          database={database}
          surroundings={surroundings}
          walkId={screen.walkId}
          requestSync={props.requestSync}
        />
      )
    case 'connect':
      return (
        <Connect
          database={database}
          pair={props.pair}
          server={panel.policy.value.server}
          coverOldPictures={async () => {
            // Its covers were those of before.
            panel.shots.letGo()
            await props.coverOldPictures()
          }}
          requestSync={props.requestSync}
          onBack={home}
          onConnected={(pairing) => {
            toast.say(`Connected to ${pairing.workspaceName}`, null)
            home()
          }}
        />
      )
    case 'settings':
      return (
        <Settings
          {...props}
          shortcut={panel.shortcut}
          policy={panel.policy}
          onBack={home}
          onConnect={leaving.onConnect}
          onSaveAsFile={leaving.onSaveAsFile}
          bringBack={(file) => bringBack(database, surroundings, file)}
          say={toast.say}
        />
      )
    case 'fates':
      return (
        <Fates
          {...props}
          say={toast.say}
          mayStart={panel.walk.value == null}
          onBack={home}
          onAll={home}
        />
      )
    case 'told':
      return <LeftDevice database={database} now={surroundings.now} onBack={home} />
    case 'picture':
      return (
        <PictureScreen
          database={database}
          panel={panel}
          noteId={screen.noteId}
          sha256={screen.sha256}
          onBack={() => panel.go(screen.from)}
          key={screen.sha256}
        />
      )
  }
}
