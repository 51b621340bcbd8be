/** Register numbers of the notes at a place. */
export function EntryLinks({ entries }: { entries: readonly number[] }) {
  if (entries.length === 0) return <span class="no">–</span>
  return (
    <span class="entry-links">
      {entries.map((number) => (
        <a key={number} href={`/register/${number}`}>
          #{number}
        </a>
      ))}
    </span>
  )
}
