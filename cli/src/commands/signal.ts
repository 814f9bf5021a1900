import type { Command } from 'commander'
import { ClientError } from '@epione/sdk'
import { analyseHeart, checkRules, RuleWatch, SPANS } from '@epione/signals'
import type { Alarm, Band, Span } from '@epione/signals'
import { endOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { readText } from '../files.ts'
import { asMeasured, chart, FILE_FORMATS, readMeasurements, sumUp, writeMeasurements } from '../signals/measurements.ts'
import type { Measurements } from '../signals/measurements.ts'
import type { Act } from './act.ts'
import { parseChoice, parseWhole } from './arguments.ts'

interface Source { from?: string, describe?: string, by?: string }
interface ConvertOptions extends Source { as: string, out: string, subject?: string, force?: boolean }
interface HeartOptions extends Source { ecg?: boolean, band?: string, fine?: boolean, clean?: boolean }
interface PlotOptions extends Source { svg?: string, png?: string, width?: string, title?: string, force?: boolean }

const WINDOW_MS = 10_000

/** Files of measurements, on this machine alone: nothing is asked of a gateway. */
export function addSignalCommands (signal: Command, act: Act): void {
  withSource(signal.command('convert <file>')
    .description('read a file of measurements and write it in another format, units checked')
    .requiredOption('--as <format>', `format to write: ${FILE_FORMATS.join(', ')}; lines is what device run takes`)
    .requiredOption('--out <file>', 'new file')
    .option('--subject <reference>', 'whom FHIR says it is of, as Patient/1')
    .option('--force', 'replace that file'))
    .action((file: string, options: ConvertOptions, command: Command) => act(() => convert(file, options), command))

  withSource(signal.command('heart <file>')
    .description('heart rate and its variability of a trace of pulse or ECG, and how far it can be trusted')
    .option('--ecg', 'it is an ECG, not a pulse')
    .option('--band <hertz>', 'pass this band only, as 0.8-2.5 for rings and watches')
    .option('--fine', 'find beats between samples: below 100 samples a second')
    .option('--clean', 'leave out intervals that differ from the next by more than a fifth'))
    .action((file: string, options: HeartOptions, command: Command) => act(() => heart(file, options), command))

  withSource(signal.command('plot <file>')
    .description('a chart on the terminal, or as SVG or PNG')
    .option('--svg <file>', 'new file for the chart as SVG')
    .option('--png <file>', 'new file for the chart as PNG')
    .option('--width <n>', 'characters across, or pixels of a file')
    .option('--title <text>', 'title of the chart in a file')
    .option('--force', 'replace those files'))
    .action((file: string, options: PlotOptions, command: Command) => act(() => plot(file, options), command))

  withSource(signal.command('check <file>')
    .description('which alarms rules would have raised on a file')
    .requiredOption('--rules <file>', 'rules as JSON'))
    .action((file: string, options: Source & { rules: string }, command: Command) => act(() => check(file, options), command))
}

function withSource (command: Command): Command {
  return command
    .option('--from <format>', `format of the file: ${FILE_FORMATS.join(', ')} (default: by its name)`)
    .option('--describe <file>', 'description of a CSV table that has none of its own')
    .option('--by <span>', `sum up by ${Object.keys(SPANS).join(', ')} first: minimum, maximum, mean, count`)
}

async function read (file: string, { from, describe, by }: Source): Promise<Measurements> {
  const format = from === undefined ? undefined : parseChoice(from, FILE_FORMATS, '--from')
  const measured = await readMeasurements(file, format, describe)
  return by === undefined ? measured : { ...measured, series: sumUp(measured.series, parseChoice(by, Object.keys(SPANS) as Span[], '--by')) }
}

async function convert (file: string, { as, out, subject, force, ...source }: ConvertOptions): Promise<object> {
  const format = parseChoice(as, FILE_FORMATS, '--as')
  const { series, leftOut, format: from } = await read(file, source)
  const { sizeBytes, roundedBy } = await writeMeasurements(out, series, format, { subject, force })
  return {
    out,
    from,
    as: format,
    sizeBytes,
    series: series.map(inWords),
    warnings: [
      ...(leftOut.length === 0 ? [] : [`Left out, because a series has no place for it: ${leftOut.join(', ')}.`]),
      ...(roundedBy === undefined ? [] : [`EDF has 16 bits: values are rounded by up to ${Math.max(...roundedBy).toPrecision(3)}.`])
    ]
  }
}

async function heart (file: string, { ecg, band, fine = false, clean = false, ...source }: HeartOptions): Promise<object> {
  const { series } = await read(file, source)
  const traces = series.filter(({ statistic, periodMs }) => statistic === undefined && periodMs !== undefined)
  if (traces.length === 0) throw new ClientError('USAGE', `${file} has no evenly spaced trace.`)
  const options = { trace: ecg === true ? 'ecg' as const : 'pulse' as const, fine, clean, ...(band === undefined ? {} : { band: parseBand(band) }) }
  return {
    traces: traces.map((trace) => {
      const { beats, ...figures } = asMeasured(file, () => analyseHeart(trace, options))
      return { ...inWords(trace), beats: beats.length, rejected: beats.filter(({ accepted }) => !accepted).length, ...figures }
    })
  }
}

function parseBand (text: string): Band {
  const [, low, high] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text) ?? []
  if (low === undefined || high === undefined) throw new ClientError('USAGE', `--band: two frequencies in Hz as 0.8-2.5, not "${text}".`)
  return { lowHz: Number(low), highHz: Number(high) }
}

async function plot (file: string, { svg, png, width, title, force, ...source }: PlotOptions): Promise<object> {
  const { series } = await read(file, source)
  return await chart(series, {
    ...(svg === undefined ? {} : { svg }),
    ...(png === undefined ? {} : { png }),
    ...(width === undefined ? {} : { width: parseWhole(width, '--width') }),
    ...(title === undefined ? {} : { title }),
    ...(force === undefined ? {} : { force })
  })
}

async function check (file: string, { rules: path, ...source }: Source & { rules: string }): Promise<object> {
  const { series } = await read(file, source)
  const text = await readText(path)
  return asMeasured(path, () => {
    const watch = new RuleWatch(checkRules(parseRules(text, path)), Math.min(...series.map(({ startMs }) => startMs)))
    const ordered = series.flatMap(cut).sort((a, b) => a.startMs - b.startMs)
    const alarms = [...ordered.flatMap((one) => watch.take([one])), ...watch.tick(Math.max(...series.map(endOf)))]
    return { alarms: alarms.map(alarmInWords) }
  })
}

/* As windows of 10 s would bring it: figures of a trace are made anew with each. */
function cut (series: Series): Series[] {
  const { periodMs, startMs, values, offsetsMs, ...rest } = series
  if (periodMs === undefined) return [series]
  const count = Math.max(1, Math.round(WINDOW_MS / periodMs))
  return Array.from({ length: Math.ceil(values.length / count) }, (_, index) =>
    ({ ...rest, startMs: startMs + index * count * periodMs, periodMs, values: values.slice(index * count, (index + 1) * count) }))
}

function parseRules (text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ClientError('MEASUREMENTS_INVALID', `${path} is no JSON.`, { reason: 'RULES_INVALID' }, { cause: error })
  }
}

function alarmInWords ({ sinceMs, atMs, ...alarm }: Alarm): object {
  return { ...alarm, since: new Date(sinceMs).toISOString(), at: new Date(atMs).toISOString() }
}

function inWords (series: Series): object {
  const { kind, unit, statistic, startMs, periodMs, values } = series
  return {
    kind: kind.display ?? kind.code,
    unit,
    ...(statistic === undefined ? {} : { statistic }),
    values: values.length,
    missing: values.filter((value) => value === null).length,
    start: new Date(startMs).toISOString(),
    end: new Date(endOf(series)).toISOString(),
    ...(periodMs === undefined ? {} : { periodMs })
  }
}
