import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * For a list of fields that grows: the first field of a row that was just added takes the focus.
 *
 * @returns the ref of the element around the rows, each of which has the class `row`
 */
export function useNewRow(rows: number) {
  const list = useRef<HTMLFieldSetElement>(null)
  const before = useRef(rows)
  // Before the next key is pressed, or its letter is lost.
  useLayoutEffect(() => {
    if (rows > before.current) {
      const added = list.current?.querySelectorAll<HTMLElement>('.row')[rows - 1]
      added?.querySelector<HTMLInputElement>('input')?.focus()
    }
    before.current = rows
  }, [rows])
  return list
}
