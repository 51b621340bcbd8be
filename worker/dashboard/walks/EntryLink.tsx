/** An entry by its number; a link for those who may read the register. */
export function EntryLink({ number, reads }: { number: number; reads: boolean }) {
  return reads ? <a href={`/register/${number}`}>#{number}</a> : <>#{number}</>
}
