import { createModel, signal } from '@preact/signals'

export const CopyModel = createModel((write: (text: string) => Promise<void>) => {
  const status = signal<'resting' | 'copied' | 'refused'>('resting')

  return {
    status,

    /** Ends in `copied` or `refused`; never rejects. */
    async copy(text: string) {
      try {
        await write(text)
        status.value = 'copied'
      } catch (error) {
        console.error('not copied', error)
        status.value = 'refused'
      }
    },
  }
})
