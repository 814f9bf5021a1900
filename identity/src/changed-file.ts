import { replaceFile, waitForLock } from '@epione/host'

/** How long another change of a file is waited for. */
const LOCK_WAIT = { retryMs: 20, tries: 500 }

/**
 * Replaces a file that several processes may change, one after the other; `change` reads it under the lock, and gives its next content.
 * @throws {Error} while another process does not end its change
 */
export async function changeFile (file: string, change: () => Promise<string>): Promise<void> {
  const lock = await waitForLock(`${file}.lock`, LOCK_WAIT)
  if (lock === undefined) throw new Error(`${file}.lock stays locked by another process`)
  try {
    await replaceFile(file, await change())
  } finally {
    lock.release()
  }
}
