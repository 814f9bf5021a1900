import { readFile } from 'node:fs/promises'
import { Durations } from './durations.ts'

const OWN_NETWORK = /TestNetwork\.(create|prepare)\(/

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
