import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import { Home } from '../home/Home'
import { Finder } from '../note/FindIt'
import { NoteScreen } from '../note/NoteScreen'
import { OwnWords } from '../personal-data/own-words'
import { StartWalk } from '../walk/StartWalk'
import { Walking } from '../walk/Walking'
import { Beside } from './Screen'
import { useKeys } from './keys'
import { later } from './later'
import type { LaterScreenProps } from './LaterScreens'
import { type PanelDeps, PanelModel } from './panel'
import { Toast } from './Toast'

export interface PanelProps
  extends
    PanelDeps,
    Pick<
      LaterScreenProps,
      'pair' | 'coverOldPictures' | 'disconnect' | 'openShortcutPage' | 'version'
    > {
  /** Writes everything that was not sent into a file of the walker's. */
  saveAsFile(): Promise<void>
}

/** Screens that nobody opens the panel for: loaded when the panel has nothing else to do. */
const LaterScreen = later(() => import('./LaterScreens').then((loaded) => loaded.LaterScreen))

/** The whole panel: one screen a state, and the toast over all of them. */
export function Panel(props: PanelProps) {
  const panel = useModel(() => new PanelModel(props))
  const meToo = panel.meToo.value
  useEffect(() => {
    const idle = requestIdleCallback(() => void LaterScreen.load())
    return () => cancelIdleCallback(idle)
  }, [])
  useKeys((key) => {
    if ((key !== 'z' && key !== 'Z') || panel.toast.content.peek()?.undo == null) return false
    panel.toast.undo()
    return true
  })
  return (
    <>
      <Finder.Provider value={panel.finder}>
        <Beside.Provider value={meToo && <meToo.Card model={meToo.model} />}>
          <OwnWords.Provider value={panel.ownWords}>
            {panel.isLoading.value ? null : <CurrentScreen panel={panel} {...props} />}
          </OwnWords.Provider>
        </Beside.Provider>
      </Finder.Provider>
      <Toast toast={panel.toast} />
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
    onCopy: (text: string) =>
      void navigator.clipboard.writeText(text).then(
        () => toast.say('Copied', null),
        () => toast.say('Your browser did not let Wince copy that', null),
      ),
    onSaveAsFile: saveAsFile,
    onShowPicture: showPicture,
    onOpenNote: (id: string) => void panel.finish(id),
  }
  switch (screen.at) {
    case 'home':
      if (walk?.kind === 'errand') {
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
            onMark={() => void panel.mark()}
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
          tabs={props.tabs}
          tellWalkChanged={props.tellWalkChanged}
          requestSync={props.requestSync}
          hasRoomFor={props.hasRoomFor}
          shift={walk}
          onSaveAsFile={saveAsFile}
          onCopyDiagnostics={() =>
            void import('./copy-diagnostics').then(({ copyDiagnostics }) =>
              copyDiagnostics(
                database,
                { version: props.version, isOnline: isOnline.peek(), now: surroundings.now() },
                toast,
              ),
            )
          }
          go={{
            start: () => panel.go({ at: 'start' }),
            call: () => panel.go({ at: 'call' }),
            shift: () => panel.go({ at: 'shift' }),
            someoneTold: () => panel.go({ at: 'someone-told' }),
            review: (walkId) => panel.go({ at: 'review', walkId }),
            connect: leaving.onConnect,
            settings: () => panel.go({ at: 'settings' }),
            told: leaving.onTold,
            fates: () => panel.go({ at: 'fates' }),
            note: leaving.onOpenNote,
            debrief: (walkId) => panel.go({ at: 'debrief', walkId }),
            answer: (walkId) => panel.go({ at: 'answer', walkId }),
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
    default:
      return <LaterScreen {...props} panel={panel} screen={screen} leaving={leaving} />
  }
}
