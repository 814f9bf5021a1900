import { stopAll } from './down.ts'
import { NetworkError } from '../errors.ts'
import { fileExists } from '../../host/src/index.ts'
import { removeLocked, withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { statePaths, type StatePaths } from '../description/paths.ts'
import { readSettings } from '../description/settings.ts'
import { readStamp } from '../host/stamp.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/clean.ts
Ends the processes of the network and removes its state folder: ledgers, identities, ciphertext. The built binaries stay.
`

if (import.meta.main) {
  await runVerb(async (args) => {
    if (args.length > 0) {
      process.stderr.write(USAGE)
      return args.includes('--help') ? 0 : 2
    }
    await removeState(statePaths(readSettings(process.env).stateDir))
    return 0
  })
}

/** Ends the processes of a state folder and removes it. Throws `state-foreign` when the folder is not one of ours. */
export async function removeState (paths: StatePaths): Promise<void> {
  if (!await fileExists(paths.root)) { report('nothing to remove'); return }
  await withLock(paths, async () => {
    // Only a folder that carries our stamp, of whatever topology or torn, is removed.
    await readStamp(paths).catch((error: unknown) => {
      if (!(error instanceof NetworkError) || error.code !== 'state-damaged') throw error
    })
    await stopAll(paths)
    await removeLocked(paths)
  })
  report(`${paths.root} removed`)
}
