import { readFile } from 'node:fs/promises'
import type { Durations } from './durations.ts'

const OWN_NETWORK = /TestNetwork\.(create|prepare)\(/

/** Integration files that run side by side: those of the shared lane one after the other, since they write to one network. */
export interface Lanes { shared: string[], own: string[] }

/**
 * Files that make networks of their own disturb nobody. They are dealt out, the longest first, to the lane with less to do; the
 * shared lane begins with the files that write to the shared network or need none.
 */
export async function splitLanes (files: readonly string[], durations: Durations): Promise<Lanes> {
  const ownNetwork = await Promise.all(files.map(async (file) => OWN_NETWORK.test(await readFile(file, 'utf8'))))
  const lanes: Lanes = { shared: files.filter((_, index) => ownNetwork[index] === false), own: [] }
  for (const file of durations.longestFirst(files.filter((_, index) => ownNetwork[index] === true))) {
    const shorter = lanes.shared.length > 0 && durations.sum(lanes.shared) < durations.sum(lanes.own) ? lanes.shared : lanes.own
    shorter.push(file)
  }
  return lanes
}
