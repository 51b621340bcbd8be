import { expect } from 'vitest'

/** SHA-256 of `abc` (FIPS 180-2, appendix B.1). */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const OTHER = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const bytes = (text: string) => new TextEncoder().encode(text)
const textAt = async (r2: R2Bucket, key: string) => (await r2.get(key))?.text()
const ifNew = { onlyIf: { etagDoesNotMatch: '*' } }

/** What a bucket binding has to do; run against the real R2 and against its twin, each empty before. */
export const R2_CONTRACT: Record<string, (r2: R2Bucket) => Promise<void>> = {
  'what was put comes back, with its type and size': async (r2) => {
    await r2.put('a', bytes('abc'), { httpMetadata: { contentType: 'image/png' } })

    const object = await r2.get('a')

    expect(object).toMatchObject({ key: 'a', size: 3, httpMetadata: { contentType: 'image/png' } })
    expect(new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes('abc'))
    expect(await r2.head('a')).toMatchObject({ key: 'a', size: 3 })
  },
  'what is not there is null': async (r2) => {
    expect(await r2.get('nothing')).toBeNull()
    expect(await r2.head('nothing')).toBeNull()
  },
  'the right hash is taken': async (r2) => {
    expect(await r2.put('a', bytes('abc'), { sha256: ABC })).toMatchObject({ key: 'a' })
  },
  'a wrong hash is refused with 10037 and nothing is stored': async (r2) => {
    await expect(r2.put('a', bytes('abc'), { sha256: OTHER })).rejects.toThrow(/10037/)

    expect(await r2.get('a')).toBeNull()
  },
  'a put that may only make something new answers null where something is': async (r2) => {
    expect(await r2.put('a', bytes('one'), ifNew)).toMatchObject({ key: 'a' })
    expect(await r2.put('a', bytes('two'), ifNew)).toBeNull()

    expect(await textAt(r2, 'a')).toBe('one')
  },
  'a put without a condition replaces': async (r2) => {
    await r2.put('a', bytes('one'))
    await r2.put('a', bytes('two'))

    expect(await textAt(r2, 'a')).toBe('two')
  },
  'delete takes a key or a list, and does not mind what is not there': async (r2) => {
    await Promise.all(['a', 'b', 'c'].map((key) => r2.put(key, bytes(key))))

    await r2.delete('a')
    await r2.delete(['b', 'nothing'])

    expect((await r2.list()).objects.map(({ key }) => key)).toEqual(['c'])
  },
  'list goes by prefix, in order, a page at a time': async (r2) => {
    await Promise.all(['o/1/b', 'o/1/a', 'o/2/a', 'o/1/c'].map((key) => r2.put(key, bytes(key))))

    const first = await r2.list({ prefix: 'o/1/', limit: 2 })

    expect(first.objects.map(({ key }) => key)).toEqual(['o/1/a', 'o/1/b'])
    const cursor = first.truncated ? first.cursor : ''
    const second = await r2.list({ prefix: 'o/1/', limit: 2, cursor })
    expect(second.objects.map(({ key }) => key)).toEqual(['o/1/c'])
    expect([first.truncated, second.truncated]).toEqual([true, false])
  },
  'the caller’s bytes are copied': async (r2) => {
    const mine = bytes('abc')
    await r2.put('a', mine)
    mine.fill(0)

    expect(await textAt(r2, 'a')).toBe('abc')
  },
  'a list may begin behind any key': async (r2) => {
    for (const key of ['a/1', 'a/2', 'b/1']) await r2.put(key, bytes('abc'))

    const listed = await r2.list({ prefix: 'a/', startAfter: 'a/1' })

    expect(listed.objects.map(({ key }) => key)).toEqual(['a/2'])
    expect(listed.truncated).toBe(false)
  },
}
