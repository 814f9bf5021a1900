import { chmod, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { NetworkError } from '../errors.ts'
import { isErrno } from '../../host/src/index.ts'

/** Bits of group and others. */
const OPEN_BITS = 0o077

/** New files and folders of a network, also those of the programs that it starts, are for their owner alone. */
export const PRIVATE_UMASK = OPEN_BITS

/**
 * Takes from everything below a folder, and the folder itself, what others may do with it. Throws `settings-invalid` when that is not
 * allowed.
 */
export async function closeToOthers (path: string): Promise<void> {
  try {
    const { mode } = await lstat(path)
    if ((mode & 0o170000) === 0o120000) return
    if ((mode & OPEN_BITS) !== 0) await chmod(path, mode & 0o7700)
    if ((mode & 0o170000) !== 0o040000) return
    for (const name of await readdir(path)) await closeToOthers(join(path, name))
  } catch (cause) {
    // A running process may take its temporary file away meanwhile.
    if (isErrno(cause, 'ENOENT')) return
    if (!isErrno(cause, 'EPERM', 'EACCES')) throw cause
    throw new NetworkError('settings-invalid', `${path} is open to other users, and cannot be closed`, {
      advice: 'Let the folder belong to the user who runs this, or name another one in EPIONE_STATE.',
      cause
    })
  }
}
