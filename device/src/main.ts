import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isUsage } from '@epione/host'
import { ClientError, EXIT_CODES, messageOf } from '@epione/sdk'
import { endThisDevice, joinDevice, runDevice, showDevice, showOffer } from './commands.ts'
import { DeviceHome } from './device-home.ts'

const USAGE = `Usage: epione-device COMMAND --home DIR [options]
A device's folder is made by "epione device init".

  offer                 what its patient is to be shown
  join --pass FILE      take up the pass that the patient gave back
  run                   seal and send what is measured
    --file FILE         a series a line, as JSON; sealed once, however often it is given
    --stdin             as it comes, a JSON value a line: a sample {code, value, time?}, or a series
    --listen PORT       the same by POST /samples on the loopback interface, with the token of push.token
    --segment-every S   seconds between two segments on the ledger (3600)
    --once              end when all is sent and on the ledger
  status                what is kept here
  end                   end this device for good

Answers one JSON object. Exit codes: 0 done, 1 unexpected, 2 wrong usage, 3 refused, 4 verification failed, 5 unavailable, 7 not found.
`

/** Where the program reads and writes. */
export interface DeviceIo {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: { write: (text: string) => unknown }
  readonly stderr: { write: (text: string) => unknown }
  readonly once: (event: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown
}

const OPTIONS = {
  home: { type: 'string' },
  pass: { type: 'string' },
  file: { type: 'string' },
  stdin: { type: 'boolean' },
  listen: { type: 'string' },
  'segment-every': { type: 'string' },
  once: { type: 'boolean' },
  help: { type: 'boolean' }
} as const

/** The `epione-device` program. Returns its exit code. */
export async function main (args: readonly string[], io: DeviceIo): Promise<number> {
  try {
    const { values, positionals: [command, ...more] } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help === true || command === undefined) {
      io.stdout.write(USAGE)
      return command === undefined && values.help !== true ? EXIT_CODES.usage : EXIT_CODES.ok
    }
    if (values.home === undefined || more.length > 0) throw new ClientError('USAGE', 'Say one command and --home DIR.')
    io.stdout.write(`${JSON.stringify(await act(command, new DeviceHome(values.home), values, io))}\n`)
    return EXIT_CODES.ok
  } catch (error) {
    const told = error instanceof ClientError ? error : new ClientError(isUsage(error) ? 'USAGE' : 'UNEXPECTED', messageOf(error))
    const { problem: _, ...details } = told.details
    io.stdout.write(`${JSON.stringify({ error: { ...details, code: told.code, message: told.message, exitCode: told.exitCode } })}\n`)
    return told.exitCode
  }
}

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'stdin' | 'once' | 'help'>, string> & Record<'stdin' | 'once' | 'help', boolean>>

async function act (command: string, home: DeviceHome, values: Values, io: DeviceIo): Promise<object> {
  switch (command) {
    case 'offer': return await showOffer(home)
    case 'join': return await joinDevice(home, await readPass(values.pass))
    case 'run': return await run(home, values, io)
    case 'status': return await showDevice(home)
    case 'end': return await endThisDevice(home)
    default: throw new ClientError('USAGE', `There is no command "${command}": offer, join, run, status, end.`)
  }
}

async function run (home: DeviceHome, values: Values, io: DeviceIo): Promise<object> {
  const stop = new AbortController()
  io.once('SIGINT', () => { stop.abort() })
  io.once('SIGTERM', () => { stop.abort() })
  const every = numberOf(values['segment-every'], '--segment-every', 1, 86_400)
  return await runDevice(home, {
    file: values.file,
    lines: values.stdin === true ? io.stdin : undefined,
    listen: numberOf(values.listen, '--listen', 0, 65_535),
    once: values.once
  }, stop.signal, {
    segmentEveryMs: every === undefined ? undefined : every * 1000,
    say: (text) => { io.stderr.write(`${text}\n`) }
  })
}

/** @throws {ClientError} USAGE */
function numberOf (text: string | undefined, option: string, min: number, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new ClientError('USAGE', `${option} is a number from ${min} to ${max}.`)
}

async function readPass (path: string | undefined): Promise<string> {
  if (path === undefined) throw new ClientError('USAGE', 'Say which pass: --pass FILE.')
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}`, { path }, { cause })
  })
}
