import { readFile as readBytes } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSeries, Series, StreamError } from '@epione/protocol/streams'
import { Value } from 'typebox/value'
import { ClientError, messageOf, once } from '@epione/sdk'
import { rollUp, SignalError } from '@epione/signals'
import type { Span } from '@epione/signals'
import { drawSvg, drawTerminal } from '@epione/signals/charts'
import { FORMATS, readFile, writeFile } from '@epione/signals/formats'
import type { Format } from '@epione/signals/formats'
import { renderPng } from '@epione/signals/png'
import { readText, writeWhole } from '../files.ts'

/** The formats of others, and `lines`: a series a line as JSON, what `device run` takes. */
export const FILE_FORMATS = [...FORMATS, 'lines'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

export interface Measurements {
  readonly series: readonly Series[]
  /** What the file says beside, and a series has no place for. */
  readonly leftOut: readonly string[]
  readonly format: FileFormat
}

/**
 * Reads a file of measurements. Without a format the name's ending tells, and of .json what is in it.
 * @throws {ClientError} MEASUREMENTS_INVALID with `line` and `column`, USAGE, FILE_UNREADABLE
 */
export async function readMeasurements (path: string, from?: FileFormat, describe?: string): Promise<Measurements> {
  const bytes = await readBytes(path).catch((error: unknown) => {
    throw new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(error)}`, { path }, { cause: error })
  })
  const format = from ?? guessFormat(path, bytes)
  const description = describe === undefined ? undefined : await readText(describe)
  return asMeasured(path, () => format === 'lines'
    ? { series: readLines(bytes), leftOut: [], format }
    : { ...readFile(bytes, format, { description }), format })
}

function guessFormat (path: string, bytes: Uint8Array): FileFormat {
  const ending = extname(path).toLowerCase()
  if (ending === '.edf') return 'edf'
  if (ending === '.csv') return 'csv'
  if (ending === '.jsonl' || ending === '.ndjson') return 'lines'
  if (ending === '.json') return /"resourceType"\s*:/.test(new TextDecoder().decode(bytes)) ? 'fhir' : 'omh'
  throw new ClientError('USAGE', `Say which format ${path} has: --from ${FILE_FORMATS.join(', ')}.`)
}

function readLines (bytes: Uint8Array): Series[] {
  const series: Series[] = []
  for (const [index, line] of new TextDecoder().decode(bytes).split('\n').entries()) {
    if (line.trim() === '') continue
    series.push(readLine(line, index + 1))
  }
  if (series.length === 0) throw new SignalError('FORMAT_INVALID', 'there is no series in it', { line: 1 })
  return series
}

function readLine (text: string, line: number): Series {
  try {
    const value: unknown = JSON.parse(text)
    if (!Value.Check(Series, value)) throw new SignalError('FORMAT_INVALID', 'this is no series', { line })
    return checkSeries(value)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof StreamError) throw new SignalError('FORMAT_INVALID', error.message, { line, cause: error })
    throw error
  }
}

/** Roll-ups of series, each kind apart. */
export function sumUp (series: readonly Series[], span: Span): Series[] {
  const byKind = Map.groupBy(series, ({ kind, unit }) => JSON.stringify([kind.system, kind.code, unit]))
  return asMeasured('these measurements', () => [...byKind.values()].flatMap((group) => rollUp(group, span)))
}

export interface WriteOptions {
  /** Whom FHIR says it is of. */
  readonly subject?: string | undefined
  readonly force?: boolean | undefined
}

/**
 * Writes series to a new file of a format. @throws {ClientError} MEASUREMENTS_INVALID when the format cannot say them; FILE_EXISTS,
 * DISK_FULL
 */
export async function writeMeasurements (
  path: string, series: readonly Series[], format: FileFormat, { subject, force = false }: WriteOptions = {}
): Promise<{ sizeBytes: number, roundedBy?: readonly number[] }> {
  const { bytes, roundedBy } = asMeasured(path, () => format === 'lines'
    ? { bytes: new TextEncoder().encode(series.map((one) => `${JSON.stringify(one)}\n`).join('')), roundedBy: [] }
    : writeFile(series, format satisfies Format, { subject }))
  const sizeBytes = await writeWhole(path, once(bytes), { overwrite: force })
  return { sizeBytes, ...(roundedBy.some((error) => error > 0) ? { roundedBy } : {}) }
}

export interface ChartOptions {
  readonly svg?: string
  readonly png?: string
  readonly width?: number
  readonly title?: string
  readonly force?: boolean
}

/** Draws series into files, or as lines for a terminal where no file is named. @throws {ClientError} as `writeMeasurements` */
export async function chart (series: readonly Series[], { svg, png, width, title, force = false }: ChartOptions): Promise<object> {
  const wide = width === undefined ? {} : { width }
  if (svg === undefined && png === undefined) return { sentences: asMeasured('the chart', () => drawTerminal(series, wide)).split('\n') }
  const drawn = asMeasured('the chart', () => drawSvg(series, title === undefined ? wide : { ...wide, title }))
  if (svg !== undefined) await writeWhole(svg, once(new TextEncoder().encode(drawn)), { overwrite: force })
  if (png !== undefined) await writeWhole(png, once(await renderPng(drawn, await readEngine())), { overwrite: force })
  return { ...(svg === undefined ? {} : { svg }), ...(png === undefined ? {} : { png }) }
}

const readEngine = async (): Promise<Buffer<ArrayBuffer>> =>
  await readBytes(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')))

/** What `work` refuses as measurements, in this command's words. */
export function asMeasured<T> (what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SignalError)) throw error
    const { code: reason, line, column, byte } = error
    throw new ClientError('MEASUREMENTS_INVALID', `${what}: ${error.message}`, { reason, line, column, byte }, { cause: error })
  }
}
