import { useSignal } from '@preact/signals'
import type { TargetedKeyboardEvent } from 'preact'

import { Icon } from '../panel/Icon'
import { capitalised, countOf } from '../panel/time-words'
import type { PageCover } from '../page/cover'
import { coverName, coverTitle, coverWhy, placeOf } from './cover-words'
import type { Mark } from './edits'
import type { PictureEditorModel } from './editor'
import { byOf } from './keys'
import { LISTED, isListed } from './listed'
import { boxOf } from './placing'
import { WhyReveal } from './WhyReveal'

/** All that is covered and why, with the way to take a cover off; what the walker added, with the way to move it. */
export function CoverList({ editor }: { editor: PictureEditorModel }) {
  const showsAll = useSignal(false)
  const source = editor.source.value
  const edited = editor.edited.value
  if (source === null || edited === null) return null
  const listed = source.covers
    .map((cover, index) => ({ cover, index }))
    .filter(({ cover }) => isListed(cover, edited.crop))
  const shown = showsAll.value ? listed : listed.slice(0, LISTED)
  return (
    <>
      {source.canReveal && (
        <section class="covered" aria-labelledby="covered">
          <div class="head2">
            <h2 class="grow" id="covered">
              {listed.length === 0 ? 'Nothing had to be covered' : 'Covered before it was kept'}
            </h2>
            <button
              class="btn small quiet"
              type="button"
              data-at="everything"
              onClick={() => editor.coverEverything()}
            >
              Cover everything
            </button>
          </div>
          <ol class="covers">
            {shown.map(({ cover, index }) => (
              <CoverRow editor={editor} cover={cover} index={index} key={index} />
            ))}
          </ol>
          {shown.length < listed.length && (
            <button class="btn quiet wide" type="button" onClick={() => (showsAll.value = true)}>
              {countOf(listed.length - shown.length, 'more cover')}
            </button>
          )}
        </section>
      )}
      {edited.marks.length > 0 && (
        <section class="covered" aria-labelledby="added">
          <div class="head2">
            <h2 class="grow" id="added">
              Added by you
            </h2>
          </div>
          <ol class="covers">
            {edited.marks.map((mark) => (
              <MarkRow editor={editor} mark={mark} key={mark.id} />
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function CoverRow(props: { editor: PictureEditorModel; cover: PageCover; index: number }) {
  const { editor, cover, index } = props
  const reason = editor.edited.value?.uncovered.get(index)
  const chosen = editor.chosen.value
  const isChosen = chosen !== null && 'cover' in chosen && chosen.cover === index
  const name = coverName(cover)
  const choose = () => editor.choose({ cover: index })
  return (
    <li class={isChosen ? 'on' : undefined}>
      <button
        class="pick"
        type="button"
        aria-current={isChosen}
        data-at={`cover-${index}`}
        onFocus={choose}
        onClick={choose}
      >
        <span class={reason === undefined ? 'n' : 'n is-off'}>{index + 1}</span>{' '}
        <span class="grow">
          <b class="cut">{coverTitle(cover)}</b>{' '}
          <span class="meta cut">
            {reason === undefined ? coverWhy(cover, editor.space.value) : `Shown: ${reason}`}
          </span>
        </span>
      </button>
      {reason === undefined ? (
        <button
          class="btn small"
          type="button"
          aria-label={`Reveal ${index + 1}, ${name}`}
          aria-expanded={editor.asking.value === index}
          data-at={`act-${index}`}
          onClick={() => editor.ask(index)}
        >
          <Icon name="eye" /> Reveal
        </button>
      ) : (
        <button
          class="btn small"
          type="button"
          aria-label={`Cover ${index + 1} again, ${name}`}
          data-at={`act-${index}`}
          onClick={() => editor.recover(index)}
        >
          <Icon name="mask" /> Cover
        </button>
      )}
      {editor.asking.value === index && <WhyReveal editor={editor} name={name} />}
    </li>
  )
}

const NAMES: Record<Mark['shape'], string> = {
  cover: 'your box',
  reveal: 'shown part',
  arrow: 'your arrow',
}

function MarkRow({ editor, mark }: { editor: PictureEditorModel; mark: Mark }) {
  const chosen = editor.chosen.value
  const isChosen = chosen !== null && 'mark' in chosen && chosen.mark === mark.id
  const numbered = editor.edited.value?.marks.filter(({ shape }) => shape !== 'arrow') ?? []
  const place = numbered.findIndex(({ id }) => id === mark.id)
  const number = place < 0 ? null : (editor.source.value?.covers.length ?? 0) + place + 1
  const choose = () => editor.choose({ mark: mark.id })

  function onKey(event: TargetedKeyboardEvent<HTMLButtonElement>): void {
    const by = byOf(event)
    if (by !== null) editor.nudge(by, event.shiftKey)
    else if (event.key === 'Delete' || event.key === 'Backspace') editor.remove(mark.id)
    else return
    event.preventDefault()
  }

  return (
    <li class={isChosen ? 'on' : undefined}>
      <button
        class="pick"
        type="button"
        aria-current={isChosen}
        data-at={`mark-${mark.id}`}
        onFocus={choose}
        onClick={choose}
        onKeyDown={onKey}
      >
        <span class={mark.shape === 'cover' ? 'n' : 'n is-off'}>
          {number ?? <Icon name="arrow" small />}
        </span>{' '}
        <span class="grow">
          <b class="cut">{capitalised(NAMES[mark.shape])}</b>{' '}
          <span class="meta cut">
            {isChosen ? 'Chosen. Arrow keys move it' : placeOf(boxOf(mark), editor.space.value)}
          </span>
        </span>
      </button>
      <button
        class="btn small"
        type="button"
        aria-label={`Remove ${number === null ? '' : `${number}, `}${NAMES[mark.shape]}`}
        onClick={() => editor.remove(mark.id)}
      >
        <Icon name="close" /> Remove
      </button>
    </li>
  )
}
