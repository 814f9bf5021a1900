import { fromHex, leafHash, merkleRoot, toHex } from '@epione/crypto'
import type { SignedWindow } from './queued.ts'

/** Most windows of one segment. */
export const SEGMENT_WINDOWS_MAX = 4_096
/** An hour: how often a segment is closed at most, in ms. */
export const SEGMENT_EVERY_MS = 3_600_000

/** Windows that make one segment: numbers without a gap, of one epoch. */
export type WindowRun = readonly SignedWindow[]

/** Windows in order of their numbers cut into runs that a segment can name. */
export function planSegments (windows: readonly SignedWindow[]): WindowRun[] {
  const runs: SignedWindow[][] = []
  for (const window of windows) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const follows = before !== undefined && before.number + 1 === window.number && before.epoch === window.epoch
    if (run !== undefined && follows && run.length < SEGMENT_WINDOWS_MAX) run.push(window)
    else runs.push([window])
  }
  return runs
}

/** Root of the tree over a run's statement ids, hex. */
export function rootOf (ids: readonly string[]): string {
  return toHex(merkleRoot(ids.map((id) => leafHash(fromHex(id, 32)))))
}

/**
 * Which period a moment lies in, counted from 1970: each device's begin at a point of their own, drawn by its id, so that devices do not
 * all close their segments at once.
 */
export function periodOf (timeMs: number, deviceId: string, everyMs: number): number {
  const phase = parseInt(deviceId.slice(0, 8), 16) / 2 ** 32 * everyMs
  return Math.floor((timeMs - phase) / everyMs)
}
