import type { ComponentChildren } from 'preact'

import type { MenuMap } from '#shared/api/menu'
import { menuKey } from '#shared/place-key'
import type { IconName } from '#shared/style/icons'

import { Icon } from '../parts/Icon'
import { count } from '../words'
import { EntryLinks } from './EntryLinks'
import { keysInWords } from './menu-words'

const SHOWN = 8

/** Beside the map: where the design says otherwise, what was asked again, what callers liked. */
export function MapAside({ map, mayImport }: { map: MenuMap; mayImport: boolean }) {
  const calls = map.versions[map.version]?.calls ?? 0
  return (
    <>
      <Differences map={map} mayImport={mayImport} />
      {map.askedAgain.length > 0 && (
        <Part title="Most asked again">
          {map.askedAgain.map(({ thing, times }) => (
            <Line key={thing} icon="again">
              {thing}, <b>{times}</b> {times === 1 ? 'time' : 'times'} in {count(calls, 'call')}
            </Line>
          ))}
        </Part>
      )}
      {map.liked.length > 0 && (
        <Part title="Liked">
          {map.liked.map(({ path, words, entry }) => (
            <Line key={menuKey(path) + words} icon="eyes">
              {keysInWords(path)}: “{words}” {entry !== null && <EntryLinks entries={[entry]} />}
            </Line>
          ))}
        </Part>
      )}
    </>
  )
}

function Differences({ map, mayImport }: { map: MenuMap; mayImport: boolean }) {
  const { differences } = map
  if (differences === null) {
    return (
      <section>
        <h2>The design says otherwise</h2>
        <p class="soft">
          No design yet.{' '}
          {mayImport
            ? 'Import the menu as it was designed, and what nobody reaches stands here.'
            : 'A reviewer can import the menu as it was designed.'}
        </p>
      </section>
    )
  }
  const lines = linesOf(differences)
  return (
    <Part title="The design says otherwise">
      {lines.slice(0, SHOWN).map((words) => (
        <Line key={words} icon="flag">
          {words}
        </Line>
      ))}
      {lines.length > SHOWN && (
        <Line icon="more">And {lines.length - SHOWN} more, all in the list.</Line>
      )}
      {lines.length === 0 && <Line icon="check">Callers met the menu as it was designed.</Line>}
    </Part>
  )
}

function linesOf({ unreached, unknown, renamed }: NonNullable<MenuMap['differences']>): string[] {
  const missing = new Set(unreached.map(({ path }) => menuKey(path)))
  return [
    ...renamed.map(
      ({ path, name, heard }) =>
        `${keysInWords(path)} is “${name ?? ''}” in the design. Callers heard “${heard}”.`,
    ),
    ...unknown.map(
      ({ path, calls }) =>
        `${keysInWords(path)} is not in the design. ${count(calls, 'call')} took it.`,
    ),
    // What lies below an option that nobody reached goes without saying.
    ...unreached
      .filter(({ path }) => !missing.has(menuKey(path.slice(0, -1))))
      .map(
        ({ path, name }) =>
          `${name === null ? keysInWords(path) : `${name} is ${keysInWords(path)}`}. Nobody reached it.`,
      ),
  ]
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  )
}

function Line({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <Icon name={icon} />
      <span>{children}</span>
    </li>
  )
}
