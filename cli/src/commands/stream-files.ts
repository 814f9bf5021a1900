import type { Command } from 'commander'
import type { Series } from '@epione/protocol/streams'
import { ClientError } from '@epione/sdk'
import type { Act } from './act.ts'
import { requireFree } from '../files.ts'
import { chart, FILE_FORMATS, writeMeasurements } from '../signals/measurements.ts'
import { parseChoice, parseWhole } from './arguments.ts'
import { readStream, withStreamOptions } from './stream-read.ts'
import type { StreamOptions } from './stream-read.ts'
import type { CommandRun } from './run.ts'

interface ExportOptions extends StreamOptions { out: string, as: string }
interface PlotOptions extends StreamOptions { svg?: string, png?: string, kind?: string, width?: string, title?: string }

/** What was measured, as files of other programs and as pictures. */
export function addStreamFiles (stream: Command, act: Act): void {
  withStreamOptions(stream.command('export <stream>')
    .description('write what was measured as a file of another format')
    .requiredOption('--as <format>', `format to write: ${FILE_FORMATS.join(', ')}`)
    .requiredOption('--out <file>', 'new file'))
    .action((id: string, options: ExportOptions, command: Command) => act((run) => exportTo(run, id, options), command))

  withStreamOptions(stream.command('plot <stream>')
    .description('a chart of what was measured on the terminal, or as SVG or PNG')
    .option('--svg <file>', 'new file for the chart as SVG')
    .option('--png <file>', 'new file for the chart as PNG')
    .option('--width <n>', 'characters across, or pixels of a file')
    .option('--title <text>', 'title of the chart in a file')
    .option('--kind <code>', 'only this kind of measurement'))
    .action((id: string, options: PlotOptions, command: Command) => act((run) => plot(run, id, options), command))
}

async function exportTo (run: CommandRun, id: string, { as, out, ...options }: ExportOptions): Promise<object> {
  const format = parseChoice(as, FILE_FORMATS, '--as')
  await requireFree(out)
  const { read: { windows, patientId, ...read }, series: all, summed } = await readStream(run, id, options)
  const series = requireSome(all)
  const written = await writeMeasurements(out, series, format, { subject: `Patient/${patientId}` })
  return { out, format, ...written, series: series.length, ...read, ...(summed && { summed }), windows: windows.length }
}

async function plot (run: CommandRun, id: string, { svg, png, kind, width, title, ...options }: PlotOptions): Promise<object> {
  for (const path of [svg, png]) if (path !== undefined) await requireFree(path)
  const wide = width === undefined ? {} : { width: parseWhole(width, '--width') }
  const { read: { windows, ...read }, series: all, summed } = await readStream(run, id, options)
  const series = requireSome(all.filter((one) => kind === undefined || one.kind.code === kind))
  const files = { ...(svg === undefined ? {} : { svg }), ...(png === undefined ? {} : { png }) }
  const drawn = await chart(series, { ...files, ...wide, ...(title === undefined ? {} : { title }) })
  return { ...read, ...(summed && { summed }), windows: windows.length, ...drawn }
}

/** @throws {ClientError} NOT_FOUND */
function requireSome (series: Series[]): Series[] {
  if (series.length === 0) throw new ClientError('NOT_FOUND', 'Nothing was measured in this time, or of this kind.')
  return series
}
