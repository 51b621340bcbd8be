/** What a promise gives within so many ms, else undefined. */
export async function withTimeout<Value>(
  work: Promise<Value>,
  ms: number,
): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<undefined>((settle) => {
    timer = setTimeout(() => settle(undefined), ms)
  })
  const first = await Promise.race([work, timeout])
  clearTimeout(timer)
  return first
}
