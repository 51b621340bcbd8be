import { useModel } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect, useRef } from 'preact/hooks'

import { pathPart, toSearch } from '#shared/api/call'
import type { MenuApi, MenuMap } from '#shared/api/menu'
import { menuKey } from '#shared/place-key'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { EndsTable } from './EndsTable'
import { findingOf } from './finding'
import { ImportDialog } from './ImportDialog'
import { MapAside } from './MapAside'
import { MapHead } from './MapHead'
import { MapList } from './MapList'
import { MapTree } from './MapTree'
import { type Menu, MenuModel } from './menu'
import { changeInWords } from './menu-words'
import { PlacePanel } from './PlacePanel'

interface MenuPageProps {
  api: MenuApi
  number: string
  /** The role may import the menu's design. */
  mayImport: boolean
}

/** The map of one number: what matters first, the menu as people met it, where calls end. */
export function MenuPage({ api, number, mayImport }: MenuPageProps) {
  const { query } = useLocation()
  const menu = useModel(() => new MenuModel(api, number))
  const version = /^\d{1,3}$/.test(query['version'] ?? '') ? Number(query['version']) : undefined
  useEffect(() => void menu.show(version), [menu, version])
  const state = menu.state.value
  const importing = menu.importing.value
  return (
    <Page title="Voice menu map" class="menu-page">
      {state.status === 'ready' ? (
        <Shown
          api={api}
          menu={menu}
          map={state.value}
          isList={query['view'] === 'list'}
          mayImport={mayImport}
        />
      ) : (
        <>
          <h1>Voice menu map</h1>
          {state.status === 'loading' && <Loading />}
          {state.status === 'failed' && <Trouble retry={() => void menu.show(version)} />}
          {state.status === 'missing' && (
            <p>
              Nobody called this number. <a href="/menus">Voice menus</a> shows those that were
              called.
            </p>
          )}
        </>
      )}
      {importing.status === 'done' && (
        <Toast sentence={importing.sentence} onGone={menu.stopImport} />
      )}
    </Page>
  )
}

interface ShownProps {
  api: MenuApi
  menu: Menu
  map: MenuMap
  isList: boolean
  mayImport: boolean
}

function Shown({ api, menu, map, isList, mayImport }: ShownProps) {
  const { route } = useLocation()
  const place = menu.place.value
  const opener = useRef<HTMLElement | null>(null)
  const open = (path: readonly string[]) => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    void menu.openPlace(path)
  }
  const close = () => {
    menu.closePlace()
    opener.current?.focus()
  }
  const go = (asked: { version?: number; isList?: boolean }) => {
    const next = { version: map.version, isList, ...asked }
    const isNewest = next.version === map.versions.length - 1
    route(
      `/menus/${pathPart(map.key)}${toSearch({
        version: isNewest ? undefined : String(next.version),
        view: next.isList ? 'list' : undefined,
      })}`,
    )
  }
  const node = place && map.nodes.find(({ path }) => menuKey(path) === menuKey(place))
  const { importing } = menu
  const isImporting = !['closed', 'done'].includes(importing.value.status)
  return (
    <>
      <MapHead api={api} map={map} isList={isList} go={go}>
        {mayImport && (
          <button class="btn quiet" type="button" onClick={menu.startImport}>
            <Icon name="download" /> {map.design ? 'Change the design' : 'Import the design'}
          </button>
        )}
      </MapHead>
      <Lede map={map} />
      <div class={isList ? 'main is-list' : 'main'}>
        {isList ? (
          <MapList nodes={map.nodes} place={place} open={open} />
        ) : (
          <MapTree nodes={map.nodes} place={place} open={open} close={close} />
        )}
        <aside class="side">
          {node && <PlacePanel key={menuKey(node.path)} menu={menu} node={node} close={close} />}
          <MapAside map={map} mayImport={mayImport} />
        </aside>
      </div>
      <EndsTable nodes={map.nodes} />
      {isImporting && <ImportDialog menu={menu} before={map.design?.text ?? null} />}
    </>
  )
}

function Lede({ map }: { map: MenuMap }) {
  const { first, rest } = findingOf(map)
  const changes = map.versions[map.version]?.changes ?? []
  return (
    <>
      <p class="lede">
        <b>{first}</b> {rest.join(' ')}
      </p>
      {changes.length > 0 && (
        <p class="soft changes">What changed: {changes.map(changeInWords).join('; ')}.</p>
      )}
      {map.more && (
        <p class="soft">There are more calls or notes than one map shows: these are the newest.</p>
      )}
    </>
  )
}
