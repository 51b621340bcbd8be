import { useModel } from '@preact/signals'

import { CallScreen } from '../call/CallScreen'
import { Debrief } from '../debrief/Debrief'
import { Review } from '../debrief/Review'
import { Home } from '../home/Home'
import { NoteScreen } from '../note/NoteScreen'
import { PictureScreen } from '../note/PictureScreen'
import { LeftDevice } from '../told/LeftDevice'
import { StartWalk } from '../walk/StartWalk'
import { Walking } from '../walk/Walking'
import { resumeWalk } from '../walk/walks'
import { Beside } from './Screen'
import { Connect } from './Connect'
import { copyDiagnostics } from './copy-diagnostics'
import type { ConnectFormDeps } from './connect-form'
import { useKeys } from './keys'
import { type PanelDeps, PanelModel } from './panel'
import { Settings } from './Settings'
import type { SettingsDeps } from './settings-model'
import { Toast } from './Toast'
import { WithWalk } from './WithWalk'

export interface PanelProps extends PanelDeps {
  pair: ConnectFormDeps['pair']
  coverOldPictures: ConnectFormDeps['coverOldPictures']
  disconnect: SettingsDeps['disconnect']
  openShortcutPage: SettingsDeps['openShortcutPage']
  version: string
  /** Writes everything that was not sent into a file of the walker's. */
  saveAsFile(): Promise<void>
}

/** The whole panel: one screen a state, and the toast over all of them. */
export function Panel(props: PanelProps) {
  const panel = useModel(() => new PanelModel(props))
  const meToo = panel.meToo.value
  useKeys((key) => {
    if ((key !== 'z' && key !== 'Z') || panel.toast.content.peek()?.undo == null) return false
    panel.toast.undo()
    return true
  })
  return (
    <>
      <Beside.Provider value={meToo && <meToo.Card model={meToo.model} />}>
        {panel.isLoading.value ? null : <CurrentScreen panel={panel} {...props} />}
      </Beside.Provider>
      <Toast
        toast={panel.toast}
        layout={`${panel.screen.value.at} ${panel.composer.isOpen.value} ${meToo === null}`}
      />
    </>
  )
}

function CurrentScreen({ panel, ...props }: PanelProps & { panel: PanelModel }) {
  const { database, surroundings } = props
  const { composer, pictures, shortcut, isOnline, toast } = panel
  const screen = panel.screen.value
  const walk = panel.walk.value ?? null
  const home = () => panel.go({ at: 'home' })
  const showPicture = (noteId: string, sha256: string) =>
    panel.go({ at: 'picture', noteId, sha256, from: screen })
  const saveAsFile = () =>
    void props.saveAsFile().then(
      () => toast.say('Saved as a file', null),
      (error: unknown) => {
        console.error('file not saved', error)
        toast.say('The file could not be saved', null)
      },
    )
  const leaving = {
    isOnline: isOnline.value,
    onHome: home,
    onConnect: () => panel.go({ at: 'connect' }),
    onTold: () => panel.go({ at: 'told' }),
    onSaveAsFile: saveAsFile,
    onShowPicture: showPicture,
    onOpenNote: (id: string) => void panel.finish(id),
  }
  switch (screen.at) {
    case 'home':
      if (walk !== null) {
        return (
          <Walking
            key={walk.id}
            database={database}
            surroundings={surroundings}
            walk={walk}
            say={toast.say}
            composer={composer}
            pictures={pictures}
            shortcut={shortcut}
            tabs={props.tabs}
            tellWalkChanged={props.tellWalkChanged}
            onCall={() => panel.go({ at: 'call' })}
            onEnded={() => panel.go({ at: 'debrief', walkId: walk.id })}
            onShowPicture={showPicture}
            onMark={() => void panel.mark(walk.id, walk.service)}
          />
        )
      }
      return (
        <Home
          database={database}
          say={toast.say}
          isOnline={isOnline}
          shortcut={shortcut}
          now={surroundings.now}
          surroundings={surroundings}
          requestSync={props.requestSync}
          hasRoomFor={props.hasRoomFor}
          onSaveAsFile={saveAsFile}
          onCopyDiagnostics={() =>
            void copyDiagnostics(
              database,
              { version: props.version, isOnline: isOnline.peek(), now: surroundings.now() },
              toast,
            )
          }
          go={{
            start: () => panel.go({ at: 'start' }),
            call: () => panel.go({ at: 'call' }),
            review: () => panel.go({ at: 'review' }),
            connect: leaving.onConnect,
            settings: () => panel.go({ at: 'settings' }),
            told: leaving.onTold,
            note: leaving.onOpenNote,
            debrief: (walkId) => panel.go({ at: 'debrief', walkId }),
            resume: (walkId) => void resumeHere(props, walkId),
          }}
        />
      )
    case 'start':
      return (
        <StartWalk
          database={database}
          surroundings={surroundings}
          tabs={props.tabs}
          tellWalkChanged={props.tellWalkChanged}
          onBack={home}
          onStarted={(_walkId, seesPortal) => {
            home()
            if (!seesPortal) toast.say('Walking without a trail: Wince sees no page', null)
          }}
        />
      )
    case 'call':
      return (
        <CallScreen
          database={database}
          surroundings={surroundings}
          walk={walk}
          say={toast.say}
          onBack={home}
          onAddWords={(id) => void panel.finish(id)}
        />
      )
    case 'debrief':
      return (
        <WithWalk database={database} walkId={screen.walkId} key={screen.walkId}>
          {(ended) => (
            <Debrief
              {...leaving}
              database={database}
              surroundings={surroundings}
              walk={ended}
              requestSync={props.requestSync}
              tellWalkChanged={props.tellWalkChanged}
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
          requestSync={props.requestSync}
        />
      )
    case 'connect':
      return (
        <Connect
          database={database}
          pair={props.pair}
          coverOldPictures={props.coverOldPictures}
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
          shortcut={shortcut}
          onBack={home}
          onConnect={leaving.onConnect}
          say={toast.say}
        />
      )
    case 'told':
      return <LeftDevice database={database} now={surroundings.now} onBack={home} />
    case 'note':
      return (
        <NoteScreen
          composer={composer}
          pictures={pictures}
          shortcut={shortcut}
          onShowPicture={showPicture}
          onDone={() => panel.go(screen.from)}
        />
      )
    case 'picture':
      return (
        <PictureScreen
          database={database}
          noteId={screen.noteId}
          sha256={screen.sha256}
          onBack={() => panel.go(screen.from)}
          onRemove={() =>
            void panel.removePicture(screen.noteId, screen.sha256).then(() => panel.go(screen.from))
          }
        />
      )
  }
}

/** Takes a parked errand up again, from the tab in front. */
async function resumeHere(
  { database, tabs, tellWalkChanged }: PanelProps,
  walkId: string,
): Promise<void> {
  const tab = await tabs.findInFront()
  await resumeWalk(database, walkId, tab === undefined ? [] : [tab.id])
  await tellWalkChanged()
}
