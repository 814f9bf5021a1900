import { readFile } from 'node:fs/promises'
import process from 'node:process'
import type { Command } from 'commander'
import { DeviceHome, nameOfImport, runDevice } from '@epione/device'
import type { Inputs } from '@epione/device'
import type { Act } from './act.ts'
import { FILE_FORMATS, readMeasurements } from '../signals/measurements.ts'
import { parseChoice, parseDuration, parsePort } from './arguments.ts'
import type { CommandRun } from './run.ts'

interface RunOptions {
  file?: string, from?: string, describe?: string, stdin?: boolean, listen?: string, segmentEvery?: string, once?: boolean
}

/** The small program `epione-device` under this command: the same, and files of the formats that hospitals use. */
export function addDeviceRun (device: Command, act: Act): void {
  device.command('run <dir>')
    .description('at the device: seal what is measured, keep it while no gateway is reached, send it in order')
    .option('--file <file>', 'measurements of a file; sealed once, however often it is given')
    .option('--from <format>', `format of the file: ${FILE_FORMATS.join(', ')} (default: by its name)`)
    .option('--describe <file>', 'description of a CSV table that has none of its own')
    .option('--stdin', 'a JSON value a line as it comes: {code, value, time?}, or a series')
    .option('--listen <port>', 'the same by POST /samples on the loopback interface, with the token of push.token')
    .option('--segment-every <time>', 'how often a segment goes to the ledger at most', '1h')
    .option('--once', 'end when all is sent and on the ledger')
    .action((dir: string, options: RunOptions, command: Command) => act((run) => start(run, dir, options), command))
}

async function start (run: CommandRun, dir: string, options: RunOptions): Promise<object> {
  const { stdin, listen, once, segmentEvery = '1h' } = options
  const stop = new AbortController()
  const end = (): void => { stop.abort() }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  try {
    return await runDevice(new DeviceHome(dir), {
      ...await inputOf(run, options),
      ...(stdin === true ? { lines: run.io.stdin } : {}),
      ...(listen === undefined ? {} : { listen: parsePort(listen, '--listen') }),
      once
    }, stop.signal, { segmentEveryMs: parseDuration(segmentEvery, '--segment-every') * 1000, say: (text) => { run.say(text) } })
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
  }
}

async function inputOf (run: CommandRun, { file, from, describe }: RunOptions): Promise<Pick<Inputs, 'file' | 'series'>> {
  if (file === undefined) return {}
  const format = from === undefined ? undefined : parseChoice(from, FILE_FORMATS, '--from')
  const { series, leftOut } = await readMeasurements(file, format, describe)
  if (leftOut.length > 0) run.say(`Left out, as a stream has no place for it: ${leftOut.join(', ')}.`)
  return { series: { name: nameOfImport(await readFile(file)), series } }
}
