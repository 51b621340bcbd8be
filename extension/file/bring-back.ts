import { coverWholeInBrowser } from '../note/cover-old'
import { countOf, joined } from '../panel/time-words'
import { coversEverything } from '../policy/managed'
import type { WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { isNoRoom } from '../storage/room'
import { coverContent } from './cover-file'
import { type Imported, importFile } from './import-file'
import { FILE_MAX_BYTES, type FileProblem, readFile } from './zip'

const PROBLEMS: Record<FileProblem, string> = {
  'not-wince': 'That is no file of Wince. Choose one that “Save as a file” made.',
  damaged: 'That file is damaged. Save it again where it came from.',
  'too-large': 'That file is larger than Wince reads.',
  newer: 'A newer Wince saved that file. Update this one first.',
}

/**
 * Reads a file back and says in a sentence what came of it; never rejects. Where the team covers
 * everything, what came is covered whole before anything else can be done with it.
 */
export async function bringBack(
  database: WinceDatabase,
  surroundings: Surroundings,
  file: Blob,
): Promise<string> {
  try {
    if (file.size > FILE_MAX_BYTES) return PROBLEMS['too-large']
    const content = await readFile(new Uint8Array(await file.arrayBuffer()))
    if (typeof content === 'string') return PROBLEMS[content]
    const imported = await importFile(
      database,
      surroundings,
      (await coversEverything(database))
        ? await coverContent(content, coverWholeInBrowser)
        : content,
    )
    return importedWords(imported)
  } catch (error) {
    console.error('file not brought back', error)
    return isNoRoom(error)
      ? 'This device has no room for it. Nothing was brought back.'
      : 'The file could not be read. Nothing was brought back.'
  }
}

/** `2 notes and 1 walk are here now; 3 were here before.` */
export function importedWords({ notes, walks, known, unread }: Imported): string {
  const came = [
    ...(notes > 0 ? [countOf(notes, 'note')] : []),
    ...(walks > 0 ? [countOf(walks, 'walk')] : []),
  ]
  const parts = [
    came.length === 0
      ? 'Nothing new in that file'
      : `${joined(came)} ${notes + walks === 1 ? 'is' : 'are'} here now`,
    ...(known > 0 ? [`${known} ${known === 1 ? 'was' : 'were'} here before`] : []),
    ...(unread > 0 ? [`${unread} could not be read`] : []),
  ]
  return `${parts.join('; ')}.`
}
