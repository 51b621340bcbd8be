/** Why the server will not take a note, in words; its code where we know no better ones. */
export function refusalWords(code: string | null): string {
  switch (code) {
    case 'malformed':
      return 'the server could not read it'
    case 'unknown-kind':
      return 'the server does not know this kind of note yet'
    case 'too-large':
      return 'it is longer than the server takes'
    case 'forbidden':
      return 'you may not send notes to this team'
    case 'picture-refused':
      return 'the picture was not taken'
    case null:
      return 'the server did not take it'
    default:
      return `the server did not take it (${code})`
  }
}
