import type { ServiceNames } from '#shared/grouping/service'

import type { Written } from '../database/write-all'

/** @param found what `listServiceNames` gives */
export function toServiceNames(found: Written | undefined): ServiceNames {
  const rows = (found?.rows ?? []) as { name: string; alias: string | null }[]
  return {
    list: rows.filter(({ alias }) => alias === null).map(({ name }) => name),
    aliases: new Map(rows.flatMap(({ name, alias }) => (alias === null ? [] : [[alias, name]]))),
  }
}
