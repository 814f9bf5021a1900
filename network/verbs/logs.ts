import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { NetworkError } from '../errors.ts'
import { listIfExists } from '../../host/src/index.ts'
import { statePaths, type StatePaths } from '../description/paths.ts'
import { logTail } from '../host/processes.ts'
import { readSettings } from '../description/settings.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/logs.ts [PROCESS...] [--lines N] [--follow]
Shows the last lines (20) of each process's log, or of those named; --follow goes on showing what is written.
`
const DEFAULT_LINES = '20'

await runVerb(async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      lines: { type: 'string', default: DEFAULT_LINES },
      follow: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help || !/^\d+$/.test(values.lines)) {
    process.stderr.write(USAGE)
    return values.help ? 0 : 2
  }
  const paths = statePaths(readSettings(process.env).stateDir)
  const known = await loggedProcesses(paths)
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new NetworkError('command-failed', `no log of ${unknown.join(', ')}`, { advice: `There are ${known.join(', ') || 'none'}.` })
  }
  const names = positionals.length === 0 ? known : positionals
  if (values.follow) return await follow(paths, names, values.lines)
  for (const name of names) process.stdout.write(`==> ${paths.log(name)} <==\n${await logTail(paths, name, Number(values.lines))}\n\n`)
  return 0
})

async function loggedProcesses (paths: StatePaths): Promise<string[]> {
  const files = await listIfExists(paths.logsDir)
  return files.filter((file) => file.endsWith('.log')).map((file) => file.slice(0, -'.log'.length)).sort()
}

async function follow (paths: StatePaths, names: string[], lines: string): Promise<number> {
  const child = spawn('tail', ['-n', lines, '-F', ...names.map(paths.log)], { stdio: 'inherit' })
  const [code] = await once(child, 'exit') as [number | null]
  return code ?? 0
}
