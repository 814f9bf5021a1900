import { NetworkError } from '../errors.ts'
import type { Settings } from './settings.ts'

/**
 * What no path of a network may hold, because a program that we do not write takes it for something else: Node and the
 * compiler take a backslash for a slash, PATH and the lists made from it are split at colons, fabric-ca-server splits the path of its
 * second CA at commas and ends that of its
 * database at a question mark, and line breaks and other control characters end lines of settings and logs.
 */
const REFUSED = /[:?,\\]|\p{Cc}/u

/** The folders that a network is made in, with the names under which they are set. */
function foldersOf (settings: Settings): [string, string][] {
  return [
    ['the project\'s folder', settings.projectDir],
    ['EPIONE_STATE', settings.stateDir],
    ['EPIONE_CACHE', settings.cacheDir],
    ['EPIONE_CHAINCODE', settings.chaincodeDir]
  ]
}

/** Refuses (`settings-invalid`) a folder whose name the programs of a network cannot take, naming the character. */
export function checkPaths (settings: Settings): void {
  const faults = foldersOf(settings).flatMap(([what, path]) => {
    const [character] = REFUSED.exec(path) ?? []
    return character === undefined
      ? []
      : [`${what} has the character ${JSON.stringify(character)} in its path, which a network cannot take: ${JSON.stringify(path)}`]
  })
  if (faults.length > 0) {
    throw new NetworkError('settings-invalid', faults.join('\n'), {
      advice: 'Move or rename the folder; all characters but ":", ",", "?", "\\" and control characters are fine.'
    })
  }
}
