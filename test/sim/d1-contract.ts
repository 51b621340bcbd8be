import { expect } from 'vitest'

const TABLES = [
  'CREATE TABLE IF NOT EXISTS thing (id TEXT PRIMARY KEY, n INTEGER, t TEXT) STRICT',
  'CREATE TABLE IF NOT EXISTS loose (id INTEGER PRIMARY KEY AUTOINCREMENT, any_value)',
  'CREATE TABLE IF NOT EXISTS part (thing_id TEXT NOT NULL REFERENCES thing (id)) STRICT',
  `CREATE TRIGGER IF NOT EXISTS no_thirteen BEFORE INSERT ON thing WHEN NEW.n = 13
     BEGIN SELECT RAISE(ABORT, 'thirteen'); END`,
]

/** Tables that the contract needs, empty. */
export async function prepareContract(d1: D1Database): Promise<void> {
  await d1.batch(TABLES.map((sql) => d1.prepare(sql)))
  await d1.batch(['part', 'thing', 'loose'].map((table) => d1.prepare(`DELETE FROM ${table}`)))
}

const put = (d1: D1Database, id: string, n: unknown = null, t: unknown = null) =>
  d1.prepare('INSERT INTO thing (id, n, t) VALUES (?1, ?2, ?3)').bind(id, n, t)
const idsOf = async (d1: D1Database) =>
  (await d1.prepare('SELECT id FROM thing ORDER BY id').all<{ id: string }>()).results.map(
    ({ id }) => id,
  )
const kept = async (d1: D1Database, value: unknown) => {
  await d1.prepare('INSERT INTO loose (any_value) VALUES (?)').bind(value).run()
  return d1
    .prepare(
      'SELECT any_value AS value, typeof(any_value) AS type, length(any_value) AS length FROM loose ORDER BY id DESC LIMIT 1',
    )
    .first<{ value: unknown; type: string; length: number | null }>()
}
const marks = (length: number) => Array.from({ length }, () => '?').join(', ')

/** What a database binding has to do; run against the real D1 and against its twin. */
export const D1_CONTRACT: Record<string, (d1: D1Database) => Promise<void>> = {
  '100 parameters are taken, 101 are not': async (d1) => {
    const ask = (length: number) =>
      d1
        .prepare(`SELECT 1 AS one WHERE 1 IN (${marks(length)})`)
        .bind(...Array.from({ length }, (_, index) => index))
        .all()

    expect((await ask(100)).results).toEqual([{ one: 1 }])
    await expect(ask(101)).rejects.toThrow(/too many SQL variables|variable number/)
  },
  'a LIKE pattern of 50 bytes is taken, one of 51 is not': async (d1) => {
    const ask = (pattern: string) => d1.prepare("SELECT 'a' LIKE ? AS hit").bind(pattern).first()

    expect(await ask('x'.repeat(50))).toEqual({ hit: 0 })
    await expect(ask('x'.repeat(51))).rejects.toThrow(/pattern too complex/)
    await expect(ask('é'.repeat(26))).rejects.toThrow(/pattern too complex/)
  },
  'a lone surrogate becomes U+FFFD, three times; a pair stays': async (d1) => {
    const lost = '\uFFFD\uFFFD\uFFFD'
    expect(await kept(d1, 'a\uD800b')).toMatchObject({ value: `a${lost}b` })
    expect(await kept(d1, '\uDC00')).toMatchObject({ value: lost })
    expect(await kept(d1, '😀')).toMatchObject({ value: '😀', length: 1 })
  },
  'text with U+0000 comes back whole and counts up to it': async (d1) => {
    expect(await kept(d1, 'a\u0000b')).toMatchObject({ value: 'a\u0000b', length: 1 })
  },
  'booleans are stored as numbers': async (d1) => {
    expect(await kept(d1, true)).toMatchObject({ value: 1, type: 'real' })
    expect(await kept(d1, false)).toMatchObject({ value: 0, type: 'real' })
  },
  'numbers are stored as REAL where a column does not say otherwise': async (d1) => {
    expect(await kept(d1, 7)).toMatchObject({ value: 7, type: 'real' })
    expect(await kept(d1, 7.5)).toMatchObject({ value: 7.5, type: 'real' })
    await put(d1, 'a', 7).run()
    expect(await d1.prepare('SELECT n, typeof(n) AS type FROM thing').first()).toEqual({
      n: 7,
      type: 'integer',
    })
  },
  'integers beyond 2^53 come back rounded': async (d1) => {
    const row = await d1.prepare('SELECT 9007199254740993 AS n').first<{ n: number }>()

    expect(row?.n).toBe(9_007_199_254_740_992)
  },
  'null stays null; bytes come back as a list': async (d1) => {
    expect(await kept(d1, null)).toMatchObject({ value: null, type: 'null' })
    expect(await kept(d1, new Uint8Array([1, 255]).buffer)).toMatchObject({
      value: [1, 255],
      type: 'blob',
      length: 2,
    })
  },
  'undefined, bigint, objects and functions are refused': async (d1) => {
    for (const value of [undefined, 7n, {}, () => 1]) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time reads better
      await expect((async () => d1.prepare('SELECT ? AS it').bind(value).all())()).rejects.toThrow(
        /D1_TYPE_ERROR|not supported/,
      )
    }
  },
  'too few parameters, or too many, are refused': async (d1) => {
    await expect(
      (async () => d1.prepare('SELECT ?1 AS a, ?2 AS b').bind(1).all())(),
    ).rejects.toThrow(/parameter|bind|column index|range/i)
    await expect((async () => d1.prepare('SELECT ?1 AS a').bind(1, 2).all())()).rejects.toThrow(
      /parameter|bind|column index|range/i,
    )
  },
  'a failing statement undoes its whole batch': async (d1) => {
    await put(d1, 'before').run()

    await expect(d1.batch([put(d1, 'a'), put(d1, 'a'), put(d1, 'b')])).rejects.toThrow(
      /UNIQUE constraint failed: thing.id/,
    )

    expect(await idsOf(d1)).toEqual(['before'])
  },
  'RAISE(ABORT) in a trigger undoes the batch': async (d1) => {
    await expect(d1.batch([put(d1, 'a', 1), put(d1, 'b', 13)])).rejects.toThrow(/thirteen/)

    expect(await idsOf(d1)).toEqual([])
  },
  'a statement that cannot be parsed undoes the batch': async (d1) => {
    await expect(d1.batch([put(d1, 'a'), d1.prepare('SELEKT 1')])).rejects.toThrow(/syntax error/)

    expect(await idsOf(d1)).toEqual([])
  },
  'malformed JSON in a function undoes the batch': async (d1) => {
    await expect(
      d1.batch([put(d1, 'a'), d1.prepare("SELECT json('{')"), put(d1, 'b')]),
    ).rejects.toThrow(/malformed JSON/)

    expect(await idsOf(d1)).toEqual([])
  },
  'an error that is no constraint says so': async (d1) => {
    await expect(d1.prepare("SELECT json('{')").all()).rejects.not.toThrow(/constraint/i)
    await expect(put(d1, 'a', 'no number').run()).rejects.toThrow(/cannot store TEXT value/)
  },
  'a foreign key is enforced': async (d1) => {
    await expect(d1.prepare("INSERT INTO part (thing_id) VALUES ('nobody')").run()).rejects.toThrow(
      /FOREIGN KEY constraint failed/,
    )
  },
  'changes() carries over to the next statement of a batch, and meta tells them': async (d1) => {
    const again = 'INSERT INTO thing (id) VALUES (?) ON CONFLICT DO NOTHING'
    const results = await d1.batch<{ n: number }>([
      d1.prepare(again).bind('a'),
      d1.prepare('SELECT changes() AS n'),
      d1.prepare(again).bind('a'),
      d1.prepare('SELECT changes() AS n'),
      d1.prepare("UPDATE thing SET n = 1 WHERE id = 'a'"),
    ])

    expect(results.map(({ meta }) => meta.changes)).toEqual([1, 0, 0, 0, 1])
    expect([results[1]?.results, results[3]?.results]).toEqual([[{ n: 1 }], [{ n: 0 }]])
  },
  'RETURNING gives the row that was written, and none for DO NOTHING': async (d1) => {
    const sql = 'INSERT INTO thing (id, n) VALUES (?, 5) ON CONFLICT DO NOTHING RETURNING id, n'
    const first = await d1.prepare(sql).bind('a').all()
    const second = await d1.prepare(sql).bind('a').all()

    expect([first.results, second.results]).toEqual([[{ id: 'a', n: 5 }], []])
    expect([first.meta.changes, second.meta.changes]).toEqual([1, 0])
  },
  'later statements of a batch see earlier ones': async (d1) => {
    const results = await d1.batch<{ n: number }>([
      put(d1, 'a'),
      d1.prepare('SELECT count(*) AS n FROM thing'),
    ])

    expect(results[1]?.results).toEqual([{ n: 1 }])
  },
  'first gives a row, a column, or null': async (d1) => {
    await put(d1, 'a', 3).run()

    expect(await d1.prepare('SELECT id, n FROM thing').first()).toEqual({ id: 'a', n: 3 })
    expect(await d1.prepare('SELECT id, n FROM thing').first('n')).toBe(3)
    expect(await d1.prepare("SELECT id FROM thing WHERE id = 'x'").first()).toBeNull()
  },
  'numbered parameters may repeat; json_each reads a list': async (d1) => {
    const { results } = await d1
      .prepare("SELECT value ->> 'k' AS k, ?2 AS two, ?2 AS again FROM json_each(?1)")
      .bind(JSON.stringify([{ k: 'x' }, { k: 'y' }]), 'both')
      .all()

    expect(results).toEqual([
      { k: 'x', two: 'both', again: 'both' },
      { k: 'y', two: 'both', again: 'both' },
    ])
  },
  'columns of one name: the last one wins': async (d1) => {
    expect(await d1.prepare('SELECT 1 AS a, 2 AS a').first()).toEqual({ a: 2 })
  },
  'a double-quoted name that is none is a text': async (d1) => {
    expect(await d1.prepare('SELECT "no such name" AS a').first()).toEqual({ a: 'no such name' })
  },
}

/** Where we know the local D1 to be more lenient than the real one; the twin is as strict as that. */
export const STRICTER_THAN_LOCAL: Record<string, (d1: D1Database) => Promise<void>> = {
  'a value of 2,000,000 bytes is refused': async (d1) => {
    expect(await kept(d1, 'x'.repeat(1_900_000))).toMatchObject({ length: 1_900_000 })
    await expect(kept(d1, 'x'.repeat(2_000_001))).rejects.toThrow(/too big|TOOBIG/i)
  },
  'a row of 2,000,000 bytes is refused': async (d1) => {
    await expect(put(d1, 'x'.repeat(1_000_000), null, 'y'.repeat(1_000_001)).run()).rejects.toThrow(
      /too big|TOOBIG/i,
    )
  },
}
