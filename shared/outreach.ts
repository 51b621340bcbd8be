/** Many customers hit at once: a list is pasted, and somebody goes to each. */

export interface OutreachLine {
  customer: string
  /** Who goes, of those who can; null where nobody is named. */
  personId: string | null
  /** What stood there for a name, where nobody is called that. */
  unknown: string | null
}

/** Between a customer and who goes there: a tab from a spreadsheet, `→` or `->`. */
const ARROW = /\t|\s*(?:→|->)\s*/u

/**
 * Reads one customer a line, `Gate 12 → Desk manager`. Empty lines say nothing, and the same customer twice
 * is two customers.
 *
 * @param people who can go; names are compared without case
 */
export function readOutreach(
  text: string,
  people: readonly { id: string; name: string }[],
): OutreachLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [customer = '', name = ''] = line.split(ARROW).map((part) => part.trim())
    if (customer === '') return []
    const found = people.find((each) => fold(each.name) === fold(name))
    return [
      {
        customer,
        personId: found?.id ?? null,
        unknown: name === '' || found !== undefined ? null : name,
      },
    ]
  })
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
