import { useLocation } from 'preact-iso'

import type { Me } from '#shared/api/sign-in'
import type { IconName } from '#shared/style/icons'

import { Icon } from './parts/Icon'
import { mayReadRegister } from './parts/roles'
import { initialsOf } from './words'

interface NavProps {
  me: Me
  /** Notes that wait for a person; null while that is not known. */
  waiting: number | null
  /** Customers who wait to hear from us; null while that is not known. */
  promises: number | null
}

/** What exists, and nothing that does not yet. */
export function Nav({ me: { person, workspace }, waiting, promises }: NavProps) {
  const readsRegister = mayReadRegister(person.role)
  return (
    <nav class="nav" aria-label="Main">
      <a class="brand" href="/">
        <Icon name="mark" />
        <span>Wince</span>
      </a>
      <p class="org cut">{workspace.name}</p>
      <ul>
        <Item href="/" icon="home" words="This week" />
        {readsRegister && (
          <>
            <Item href="/triage" icon="inbox" words="Triage" count={waiting ?? 0} />
            <Item href="/register" icon="register" words="Register" />
            <Item href="/keep" icon="eyes" words="Keep" />
            <Item href="/follow-ups" icon="callback" words="Follow-ups" count={promises ?? 0} />
          </>
        )}
      </ul>
      <ul>
        <Item href="/walks" icon="route" words="Walks" />
        {readsRegister && (
          <>
            <Item href="/menus" icon="tree" words="Voice menus" />
            <Item href="/told" icon="tell" words="What changed" />
          </>
        )}
      </ul>
      <ul class="nav-end">
        {readsRegister ? (
          <Item href="/manage" icon="settings" words="Set up" />
        ) : (
          <Item href="/manage/connect" icon="device" words="Connect" />
        )}
        <li>
          <a href="/account" {...current('/account', useLocation().path)}>
            <span class="who" aria-hidden="true">
              {initialsOf(person.name)}
            </span>
            <span class="cut">{person.name}</span>
          </a>
        </li>
      </ul>
    </nav>
  )
}

interface ItemProps {
  href: string
  icon: IconName
  words: string
  /** Shown where there is something. */
  count?: number
}

function Item({ href, icon, words, count = 0 }: ItemProps) {
  return (
    <li>
      <a href={href} {...current(href, useLocation().path)}>
        <Icon name={icon} />
        <span>{words}</span>
        {count > 0 && (
          <b class="num">
            {count}
            <span class="vh"> waiting</span>
          </b>
        )}
      </a>
    </li>
  )
}

function current(href: string, path: string) {
  const isHere = path === href || (href !== '/' && path.startsWith(`${href}/`))
  return isHere ? { 'aria-current': 'page' as const } : {}
}
