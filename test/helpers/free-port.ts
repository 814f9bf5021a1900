import { isFree } from '../../network/host/port-check.ts'

/**
 * Ports for what a test starts itself. They lie below the system's range of outgoing connections and above the networks of
 * tests, and each process draws from a block of its own: a port that was found free is still free when it is taken.
 */
const FIRST = 20_400
const BLOCK = 24
const BLOCKS = Math.floor((32_768 - FIRST) / BLOCK)
let drawn = 0

/** @throws when every port of this process' block is taken. */
export async function findFreePort (): Promise<number> {
  for (let attempt = 0; attempt < BLOCK; attempt++) {
    const port = FIRST + (process.pid % BLOCKS) * BLOCK + drawn++ % BLOCK
    if (await isFree(port)) return port
  }
  throw new Error(`ports ${String(FIRST + (process.pid % BLOCKS) * BLOCK)} and the ${String(BLOCK - 1)} after it are all taken`)
}
