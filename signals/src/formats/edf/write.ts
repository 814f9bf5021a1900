import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../../errors.ts'
import { nameOf, requireSeries } from '../../series.ts'
import { END, GAP, seconds, writeAnnotation } from './annotations.ts'
import { ANNOTATIONS, FILE_FIELDS, FILE_HEADER_BYTES, SIGNAL_FIELDS, SIGNAL_HEADER_BYTES } from './header.ts'
import { ascii, dimensionOf, labelOf } from './names.ts'
import { quantise } from './quantise.ts'
import type { Quantised } from './quantise.ts'

/** EDF's own limit for one record. */
const RECORD_BYTES_MAX = 61_440
/* Years 1985 to 2084, which two digits say. */
const START_MIN = Date.UTC(1985, 0, 1)
const START_MAX = Date.UTC(2085, 0, 1)

export interface EdfFile {
  readonly bytes: Uint8Array
  /** For each series the largest difference between a value and what the file says: 16 bits are few. 0: exact. */
  readonly roundedBy: readonly number[]
}

interface Channel extends Quantised {
  readonly series: Series
  readonly label: string
  readonly transducer: string
  readonly dimension: string
  /** Samples a record. */
  readonly samples: number
}

/**
 * EDF+C (contiguous, 16 bits) of evenly spaced series that begin together. Gaps are annotations "Sensor gap@@LABEL" over samples of the
 * lowest value. Times are UTC; no patient is named.
 * @throws {SignalError} `NOT_EXPRESSIBLE` when EDF cannot say it; `SERIES_INVALID`
 */
export function writeEdf (series: readonly Series[]): EdfFile {
  const [first] = series
  if (first === undefined) throw new SignalError('NOT_EXPRESSIBLE', 'there is no series to write')
  for (const one of series) requireEdf(one, first)
  const { recordSeconds, samples } = layOut(series)
  const channels = series.map((one, index) => channelOf(one, index, samples[index] ?? 1))
  const records = Math.max(...channels.map((channel) => Math.ceil(channel.series.values.length / channel.samples)))
  const fraction = first.startMs % 1_000 / 1_000
  const notes = annotate(channels, records, Number(recordSeconds), fraction)
  const noteBytes = Math.ceil(Math.max(...notes.map(({ length }) => length)) / 2) * 2
  const recordBytes = noteBytes + channels.reduce((sum, channel) => sum + channel.samples * 2, 0)
  const headerBytes = FILE_HEADER_BYTES + (channels.length + 1) * SIGNAL_HEADER_BYTES
  const bytes = new Uint8Array(headerBytes + records * recordBytes)
  bytes.set(new TextEncoder().encode(headerOf(channels, { records, recordSeconds, noteBytes, headerBytes, startMs: first.startMs })))
  const view = new DataView(bytes.buffer)
  for (let record = 0; record < records; record++) {
    let at = headerBytes + record * recordBytes
    for (const channel of channels) {
      for (let sample = 0; sample < channel.samples; sample++, at += 2) {
        view.setInt16(at, channel.digital[record * channel.samples + sample] ?? channel.digitalMin, true)
      }
    }
    bytes.set(notes[record] ?? [], at)
  }
  return { bytes, roundedBy: channels.map(({ roundedBy }) => roundedBy) }
}

function requireEdf (series: Series, first: Series): void {
  const name = nameOf(requireSeries(series).kind)
  const refuse = (why: string): SignalError => new SignalError('NOT_EXPRESSIBLE', `${name}: ${why}`)
  if (series.periodMs === undefined) throw refuse('EDF holds evenly spaced samples only: write FHIR or CSV')
  if (series.statistic !== undefined) throw refuse('EDF holds samples, no statistics: write FHIR or CSV')
  if (series.startMs !== first.startMs) throw refuse('signals of one EDF file begin together: write each to a file of its own')
  if (!(series.startMs >= START_MIN && series.startMs < START_MAX)) throw refuse('EDF says years from 1985 to 2084')
  if (dimensionOf(series.unit) === undefined) throw refuse(`the unit ${series.unit} has more than EDF's 8 characters`)
}

/* A length of record that every period divides, and that 8 characters say exactly, or as closely as can be found. */
function layOut (series: readonly Series[]): { recordSeconds: string, samples: number[] } {
  const periods = series.map(({ periodMs }) => periodMs ?? 1)
  const longest = Math.max(...periods)
  let best: { recordSeconds: string, samples: number[], error: number } | undefined
  for (let count = 1; count <= 30_000; count++) {
    const ms = longest * count
    const samples = periods.map((period) => Math.round(ms / period))
    if (samples.reduce((sum, one) => sum + one * 2, 0) > RECORD_BYTES_MAX / 2) break
    if (!samples.every((one, index) => Math.abs(one * (periods[index] ?? 1) - ms) < ms * 1e-9)) continue
    const recordSeconds = field8(ms / 1_000)
    const error = Math.abs(Number(recordSeconds) * 1_000 - ms) / ms
    if (recordSeconds !== '0' && (best === undefined || error < best.error)) best = { recordSeconds, samples, error }
    // Of exact ones the first that lasts a second: shorter records are mostly annotation.
    if (best !== undefined && best.error < 1e-15 && ms >= 1_000) break
  }
  if (best === undefined) throw new SignalError('NOT_EXPRESSIBLE', 'no length of record fits these periods together: write each series to a file of its own')
  const drift = best.error * Math.max(...series.map(({ values }) => values.length))
  if (drift > 0.5) throw new SignalError('NOT_EXPRESSIBLE', 'EDF cannot say this period closely enough: samples would drift by more than half of it')
  return best
}

function channelOf (series: Series, index: number, samples: number): Channel {
  const { label, transducer } = labelOf(series.kind)
  // Annotations find their signal by its label, so that no two may be the same.
  return { series, label: `${label.slice(0, 13)} ${index + 1}`.trim(), transducer, dimension: dimensionOf(series.unit) ?? '', samples, ...quantise(series.values) }
}

function annotate (channels: readonly Channel[], records: number, recordSeconds: number, fraction: number): Uint8Array[] {
  const texts = Array.from({ length: records }, (_, record) => writeAnnotation(seconds(fraction + record * recordSeconds), undefined, ''))
  for (const { series: { values }, samples, label } of channels) {
    const at = (index: number): number => fraction + index * recordSeconds / samples
    const note = (index: number, count: number | undefined, text: string): void => {
      const record = Math.min(records - 1, Math.floor(index / samples))
      const lasts = count === undefined ? undefined : seconds(count * recordSeconds / samples)
      texts[record] = (texts[record] ?? '') + writeAnnotation(seconds(at(index)), lasts, text)
    }
    for (let index = 0; index < values.length; index++) {
      if (values[index] !== null) continue
      let end = index
      while (end < values.length && values[end] === null) end++
      note(index, end - index, GAP + label)
      index = end
    }
    if (values.length < records * samples) note(values.length, undefined, END + label)
  }
  return texts.map((text) => new TextEncoder().encode(text))
}

interface Layout {
  readonly records: number
  readonly recordSeconds: string
  readonly noteBytes: number
  readonly headerBytes: number
  readonly startMs: number
}

function headerOf (
  channels: readonly Channel[],
  { records, recordSeconds, noteBytes, headerBytes, startMs }: Layout
): string {
  const date = new Date(startMs).toISOString()
  const month = new Date(startMs).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }).slice(0, 3).toUpperCase()
  const file: Record<typeof FILE_FIELDS[number][0], string> = {
    version: '0',
    patient: 'X X X X',
    recording: `Startdate ${date.slice(8, 10)}-${month}-${date.slice(0, 4)} X X Epione`,
    startDate: `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(2, 4)}`,
    startTime: date.slice(11, 19).replaceAll(':', '.'),
    headerBytes: String(headerBytes),
    reserved: 'EDF+C',
    records: String(records),
    recordSeconds,
    signals: String(channels.length + 1)
  }
  const signals: Array<Record<typeof SIGNAL_FIELDS[number][0], string>> = channels.map((channel) => ({
    label: channel.label,
    transducer: channel.transducer,
    dimension: channel.dimension,
    physicalMin: channel.physicalMin,
    physicalMax: channel.physicalMax,
    digitalMin: String(channel.digitalMin),
    digitalMax: String(channel.digitalMax),
    prefilter: '',
    samples: String(channel.samples),
    reserved: ''
  }))
  signals.push({
    label: ANNOTATIONS,
    transducer: '',
    dimension: '',
    physicalMin: '-1',
    physicalMax: '1',
    digitalMin: '-32768',
    digitalMax: '32767',
    prefilter: '',
    samples: String(noteBytes / 2),
    reserved: ''
  })
  return FILE_FIELDS.map(([name, width]) => ascii(file[name]).padEnd(width)).join('') +
    SIGNAL_FIELDS.map(([name, width]) => signals.map((signal) => ascii(signal[name]).padEnd(width)).join('')).join('')
}

/** A decimal in at most 8 characters, as close as they allow. */
function field8 (value: number): string {
  const whole = String(Math.trunc(value)).length
  return whole > 8 ? '0' : whole >= 7 ? String(Math.round(value)) : value.toFixed(7 - whole).replace(/\.?0+$/, '')
}
