import { readFile } from 'node:fs/promises'
import { Durations } from './durations.ts'

const OWN_NETWORK = /TestNetwork\.(create|prepare)\(/
/** What reaches beyond a file: it would be felt by the next one in the same process, or feels what the ones before left in memory. */
const WHOLE_PROCESS = /process\.(chdir|exit|exitCode|umask|memoryUsage|on|once|kill)\b|process\.env\[[^\]]+\] ?\??=[^=]|setFlagsFromString|(intercept|capture)\(globalThis/

/** Integration files: those that write to one shared network (or need none), and those that make networks of their own. */
export interface Sorted { shared: string[], own: string[] }

/** Files that make networks of their own disturb nobody, and any lane may take the next: the longest come first. */
export async function sortByNetwork (files: readonly string[], durations: Durations): Promise<Sorted> {
  const ownNetwork = await Promise.all(files.map(async (file) => OWN_NETWORK.test(await readFile(file, 'utf8'))))
  return {
    shared: files.filter((_, index) => ownNetwork[index] === false),
    own: durations.longestFirst(files.filter((_, index) => ownNetwork[index] === true))
  }
}

/** Whether a file has to have a process to itself. */
export async function needsOwnProcess (file: string): Promise<boolean> {
  return WHOLE_PROCESS.test(await readFile(file, 'utf8'))
}
