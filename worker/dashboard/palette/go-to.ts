import type { Role } from '#shared/people'

import { mayReadRegister } from '../parts/roles'
import type { Command } from './Palette'

/** Every page that this role has, as commands. */
export function goToCommands(role: Role, route: (address: string) => void): Command[] {
  const pages: [address: string, words: string, icon: Command['icon']][] = mayReadRegister(role)
    ? [
        ['/', 'This week', 'home'],
        ['/triage', 'Triage', 'inbox'],
        ['/register', 'Register', 'register'],
        ['/keep', 'Keep', 'smile'],
        ['/follow-ups', 'Follow-ups', 'callback'],
        ['/walks', 'Walks', 'route'],
        ['/menus', 'Voice menus', 'tree'],
        ['/told', 'What changed', 'tell'],
        ['/manage', 'Set up', 'settings'],
        ['/account', 'Your account', 'key'],
      ]
    : [
        ['/', 'This week', 'home'],
        ['/walks', 'Walks', 'route'],
        ['/manage/connect', 'Connect', 'device'],
        ['/account', 'Your account', 'key'],
      ]
  return pages.map(([address, words, icon]) => ({
    words: `Go to ${words}`,
    icon,
    act: () => route(address),
  }))
}
