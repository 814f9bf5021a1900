import { open, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { removeState } from '../../../../network/verbs/clean.ts'
import { loadConsortium } from '../../../../network/description/consortium.ts'
import { NetworkError } from '../../../../network/errors.ts'
import { withLock } from '../../../../network/host/lock.ts'
import { deriveTopology } from '../../../../network/description/topology.ts'
import { statePaths } from '../../../../network/description/paths.ts'
import { writeStamp } from '../../../../network/host/stamp.ts'

/**
 * One of several processes that want one state folder: contend.ts FOLDER MARKER TURNS ROLE. `keep` works in it, `clean` also
 * removes it, `die` is killed while it holds the lock. Each proves by the marker that it is alone, and that nobody takes its work away.
 */
const [folder = '', marker = '', turns = '', role = ''] = process.argv.slice(2)
const paths = statePaths(folder)
const consortium = await loadConsortium(join(import.meta.dirname, '../../../../network/consortium.json'))

async function alone (): Promise<void> {
  const handle = await open(marker, 'wx')
  await handle.close()
  await writeStamp(paths, deriveTopology(consortium))
  const own = join(folder, `work.${process.pid}`)
  await writeFile(own, '')
  for (let pause = 0; pause < 20; pause++) await setImmediate()
  if (!(await readdir(folder)).includes(`work.${process.pid}`)) throw new Error('taken away')
  await rm(own)
  await rm(marker)
  if (role === 'die') process.kill(process.pid, 'SIGKILL')
}

for (let turn = 0; turn < Number(turns);) {
  try {
    await withLock(paths, alone)
    if (role === 'clean') await removeState(paths)
    turn++
  } catch (error) {
    if (!(error instanceof NetworkError) || error.code !== 'state-busy') throw error
  }
}
