import { fileExists } from '../../host/src/index.ts'
import { withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { statePaths, type StatePaths } from '../description/paths.ts'
import { listRecords, stopProcess, type ProcessRecord } from '../host/processes.ts'
import { readSettings } from '../description/settings.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/down.ts [PROCESS...]
Ends the processes of the network (or only those named, such as gateway.core); ledgers, identities and all other state stay.
`

/** Who is ended first: those that finish what they are doing, each over what it needs for that. */
const FIRST = ['anchor.', 'gateway.']

if (import.meta.main) {
  await runVerb(async (args) => {
    if (args.some((argument) => argument.startsWith('-'))) {
      process.stderr.write(USAGE)
      return args.includes('--help') ? 0 : 2
    }
    const paths = statePaths(readSettings(process.env).stateDir)
    if (!await fileExists(paths.root)) report('nothing to end')
    else {
      await withLock(paths, async () => { await stopAll(paths, args) })
      report(`state stays in ${paths.root}`)
    }
    return 0
  })
}

/**
 * Ends all processes started in a state folder, or those named: anchor services and gateways first, so that they finish what they answer.
 */
export async function stopAll (paths: StatePaths, names: string[] = []): Promise<void> {
  const records = (await listRecords(paths)).filter((record) => names.length === 0 || names.includes(record.name))
  const turnOf = ({ name }: ProcessRecord): number => {
    const turn = FIRST.findIndex((prefix) => name.startsWith(prefix))
    return turn < 0 ? FIRST.length : turn
  }
  for (const group of [...FIRST.keys(), FIRST.length].map((turn) => records.filter((record) => turnOf(record) === turn))) {
    await Promise.all(group.map(async (record) => {
      const outcome = await stopProcess(paths, record)
      if (outcome === 'killed') report(`${record.name} did not end within its time and was killed`)
    }))
  }
  report(records.length === 0 ? 'nothing to end' : `${records.length} processes ended`)
}
