import type * as v from 'valibot'

/** What the wire needs to know of a schema: its shape, and how much of it is allowed. */
export interface Described {
  type: string
  fields?: Record<string, Described>
  /** Of a list, and of what may be null or missing. */
  of?: Described
  /** By the kind that tells them apart. */
  kinds?: Record<string, Described>
  values?: unknown[]
  /** `max_length: 10` and the like; a pattern as its source. */
  limits?: Record<string, number | string>
}

type AnySchema = v.GenericSchema & {
  entries?: Record<string, AnySchema>
  item?: AnySchema
  wrapped?: AnySchema
  options?: unknown[]
  literal?: unknown
  key?: string
  pipe?: { kind: string; type: string; requirement?: unknown }[]
}

/** Walks a valibot schema down to its leaves. */
export function describeSchema(schema: v.GenericSchema): Described {
  const each = schema as AnySchema
  const described: Described = { type: each.type }
  if (each.entries) {
    described.fields = Object.fromEntries(
      Object.entries(each.entries).map(([name, field]) => [name, describeSchema(field)]),
    )
  }
  const inner = each.item ?? each.wrapped
  if (inner) described.of = describeSchema(inner)
  if (each.type === 'variant') described.kinds = kindsOf(each)
  if (each.type === 'picklist') described.values = each.options ?? []
  if (each.type === 'literal') described.values = [each.literal]
  const limits = (each.pipe ?? []).flatMap(
    ({ kind, type, requirement }): [string, number | string][] => {
      if (kind !== 'validation') return []
      if (requirement instanceof RegExp) return [[type, requirement.source]]
      return typeof requirement === 'number' ? [[type, requirement]] : []
    },
  )
  if (limits.length > 0) described.limits = Object.fromEntries(limits)
  return described
}

function kindsOf({ key = '', options = [] }: AnySchema): Record<string, Described> {
  return Object.fromEntries(
    (options as AnySchema[]).map((option) => [
      String(option.entries?.[key]?.literal),
      describeSchema(option),
    ]),
  )
}

/**
 * What of a frozen schema would break somebody who still speaks it: fields removed, renamed or
 * retyped, kinds and values gone, limits tightened, new fields that are demanded. Empty when
 * only more is allowed than before (S-14).
 */
export function breaksOf(frozen: Described, now: Described | undefined, path = ''): string[] {
  const at = path === '' ? 'the schema' : path
  if (now === undefined) return [`${at} is gone`]
  if (frozen.type !== now.type) return [`${at} was ${frozen.type} and is ${now.type}`]
  const within = (name: string) => (path === '' ? name : `${path}.${name}`)
  return [
    ...Object.entries(frozen.fields ?? {}).flatMap(([name, field]) =>
      breaksOf(field, now.fields?.[name], within(name)),
    ),
    ...Object.entries(now.fields ?? {})
      .filter(
        ([name, field]) =>
          !(name in (frozen.fields ?? {})) && !['optional', 'nullish'].includes(field.type),
      )
      .map(([name]) => `${within(name)} is new and not optional`),
    ...(frozen.of ? breaksOf(frozen.of, now.of, within('*')) : []),
    ...Object.entries(frozen.kinds ?? {}).flatMap(([name, kind]) =>
      breaksOf(kind, now.kinds?.[name], within(`<${name}>`)),
    ),
    ...(frozen.values ?? [])
      .filter((value) => !now.values?.includes(value))
      .map((value) => `${at} no longer takes ${String(value)}`),
    ...tightened(frozen.limits ?? {}, now.limits ?? {}).map((name) => `${at}: ${name} is tighter`),
  ]
}

function tightened(
  frozen: NonNullable<Described['limits']>,
  now: NonNullable<Described['limits']>,
): string[] {
  return Object.entries(now).flatMap(([name, limit]) => {
    const before = frozen[name]
    if (before === undefined) return [name]
    if (typeof limit === 'string' || typeof before === 'string')
      return limit === before ? [] : [name]
    return (name.startsWith('max') ? limit < before : limit > before) ? [name] : []
  })
}
