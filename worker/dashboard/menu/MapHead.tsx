import { useModel } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'

import { pathPart } from '#shared/api/call'
import type { MenuApi, MenuMap } from '#shared/api/menu'

import { Icon } from '../parts/Icon'
import { count } from '../words'
import { toMonths, versionInWords } from './menu-words'
import { MenusModel } from './menus'

interface MapHeadProps {
  api: MenuApi
  map: MenuMap
  isList: boolean
  go: (asked: { version?: number; isList?: boolean }) => void
  /** What may be done beside looking. */
  children: ComponentChildren
}

/** Which number, which version of its menu, and how it is shown. */
export function MapHead({ api, map, isList, go, children }: MapHeadProps) {
  const version = map.versions[map.version]
  return (
    <header class="head">
      <h1>Voice menu map</h1>
      <NumberSelect api={api} map={map} />
      {version && (
        <p class="soft">
          {count(version.calls, 'call')} by {count(map.callers, 'leader')},{' '}
          {toMonths(version.from, version.to)}
        </p>
      )}
      {map.versions.length > 1 && (
        <span class="select versions">
          <label class="vh" htmlFor="version">
            Version
          </label>
          <select
            class="input"
            id="version"
            value={map.version}
            onChange={(event) => go({ version: Number(event.currentTarget.value) })}
          >
            {map.versions
              .map((each, index) => (
                <option key={each.from} value={index}>
                  {versionInWords(map, index)}
                </option>
              ))
              .toReversed()}
          </select>
          <Icon name="down" />
        </span>
      )}
      <span class="grow" />
      {children}
      <fieldset class="seg">
        <legend class="vh">Show as</legend>
        <label>
          <input
            class="vh"
            type="radio"
            name="view"
            checked={!isList}
            onChange={() => go({ isList: false })}
          />
          <Icon name="tree" /> Map
        </label>
        <label>
          <input
            class="vh"
            type="radio"
            name="view"
            checked={isList}
            onChange={() => go({ isList: true })}
          />
          <Icon name="table" /> List
        </label>
      </fieldset>
    </header>
  )
}

/** The number that is shown stands in it at once; the others when they are known. */
function NumberSelect({ api, map }: { api: MenuApi; map: MenuMap }) {
  const { route } = useLocation()
  const menus = useModel(() => new MenusModel(api))
  useEffect(() => void menus.show(), [menus])
  const state = menus.state.value
  const known = state.status === 'ready' ? state.value.numbers : []
  const numbers = known.some(({ key }) => key === map.key)
    ? known
    : [{ key: map.key, number: map.number }, ...known]
  return (
    <span class="select">
      <label class="vh" htmlFor="number">
        Number
      </label>
      <select
        class="input"
        id="number"
        value={map.key}
        onChange={(event) => route(`/menus/${pathPart(event.currentTarget.value)}`)}
      >
        {numbers.map(({ key, number }) => (
          <option key={key} value={key}>
            {number}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}
