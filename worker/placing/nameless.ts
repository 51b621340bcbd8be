/** What an entry is called that no note gives a name to any more. */
export const NAMELESS = 'Taken back'
