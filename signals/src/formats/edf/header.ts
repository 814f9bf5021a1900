import { SignalError } from '../../errors.ts'

/** Width of each field of the first 256 bytes, in their order. */
export const FILE_FIELDS = [
  ['version', 8], ['patient', 80], ['recording', 80], ['startDate', 8], ['startTime', 8], ['headerBytes', 8], ['reserved', 44], ['records', 8],
  ['recordSeconds', 8], ['signals', 4]
] as const

/** Width of each field of a signal; a field of all signals stands together. */
export const SIGNAL_FIELDS = [
  ['label', 16], ['transducer', 80], ['dimension', 8], ['physicalMin', 8], ['physicalMax', 8], ['digitalMin', 8], ['digitalMax', 8], ['prefilter', 80],
  ['samples', 8], ['reserved', 32]
] as const

export const ANNOTATIONS = 'EDF Annotations'
export const FILE_HEADER_BYTES = 256
export const SIGNAL_HEADER_BYTES = 256
/** EDF's own limit for ordinary use is some dozens; this bounds what a header can make us allocate. */
const SIGNALS_MAX = 512
const DECIMAL = /^[+-]?\d+(\.\d*)?$|^[+-]?\.\d+$/

type Fields<F extends ReadonlyArray<readonly [string, number]>> = Record<F[number][0], string>
type Places<F extends ReadonlyArray<readonly [string, number]>> = Record<F[number][0], number>

export interface EdfSignal {
  readonly label: string
  readonly transducer: string
  readonly dimension: string
  readonly physicalMin: number
  readonly physicalMax: number
  readonly digitalMin: number
  readonly digitalMax: number
  readonly samples: number
  /** Where its samples begin in a record, in bytes. */
  readonly offset: number
  readonly isAnnotations: boolean
}

export interface EdfHeader {
  readonly patient: string
  readonly startMs: number
  readonly plus: 'C' | 'D' | undefined
  readonly records: number
  readonly recordSeconds: number
  readonly recordBytes: number
  readonly headerBytes: number
  readonly signals: readonly EdfSignal[]
}

/** @throws {SignalError} `FORMAT_INVALID` at the byte of the first field that is wrong */
export function readHeader (bytes: Uint8Array): EdfHeader {
  const [fields, places] = readFields(bytes, FILE_FIELDS, 0, 1, 0)
  if (fields.version !== '0') throw fault(0, 'this is no EDF: it begins with "0"')
  const count = integer(fields.signals, places.signals, 1, SIGNALS_MAX)
  const headerBytes = integer(fields.headerBytes, places.headerBytes, 0, bytes.length)
  if (headerBytes !== FILE_HEADER_BYTES + count * SIGNAL_HEADER_BYTES) throw fault(places.headerBytes, `a header of ${count} signals has ${256 + count * 256} bytes`)
  const signals: EdfSignal[] = []
  for (let index = 0; index < count; index++) signals.push(readSignal(bytes, index, count, signals.at(-1)))
  const last = signals.at(-1)
  const recordBytes = last === undefined ? 0 : last.offset + last.samples * 2
  const plus = fields.reserved.startsWith('EDF+C') ? 'C' : fields.reserved.startsWith('EDF+D') ? 'D' : undefined
  const recordSeconds = decimal(fields.recordSeconds, places.recordSeconds)
  const measured = signals.some((signal) => !signal.isAnnotations)
  if (recordSeconds < 0 || (measured && recordSeconds === 0)) throw fault(places.recordSeconds, 'a record lasts more than 0 s')
  return {
    patient: fields.patient,
    startMs: startOf(fields, places),
    plus,
    recordSeconds,
    recordBytes,
    headerBytes,
    signals,
    records: recordsOf(fields.records, places.records, bytes.length - headerBytes, recordBytes)
  }
}

function recordsOf (field: string, place: number, left: number, recordBytes: number): number {
  if (recordBytes === 0) throw fault(place, 'its records are empty')
  // -1: the recorder was never stopped; what is there counts.
  if (field === '-1') return Math.floor(left / recordBytes)
  const records = integer(field, place, 0, Number.MAX_SAFE_INTEGER)
  if (records * recordBytes !== left) throw fault(place, `${records} records of ${recordBytes} bytes are announced, and ${left} bytes follow the header`)
  return records
}

function readSignal (bytes: Uint8Array, index: number, count: number, before: EdfSignal | undefined): EdfSignal {
  const [fields, places] = readFields(bytes, SIGNAL_FIELDS, FILE_HEADER_BYTES, count, index)
  const samples = integer(fields.samples, places.samples, 1, 10_000_000)
  const physicalMin = decimal(fields.physicalMin, places.physicalMin)
  const physicalMax = decimal(fields.physicalMax, places.physicalMax)
  const digitalMin = integer(fields.digitalMin, places.digitalMin, -32_768, 32_767)
  const digitalMax = integer(fields.digitalMax, places.digitalMax, -32_768, 32_767)
  const isAnnotations = fields.label === ANNOTATIONS
  if (!isAnnotations && digitalMin >= digitalMax) throw fault(places.digitalMax, 'the digital maximum is above the minimum')
  if (!isAnnotations && physicalMin === physicalMax) throw fault(places.physicalMax, 'physical minimum and maximum differ')
  const offset = before === undefined ? 0 : before.offset + before.samples * 2
  const { label, transducer, dimension } = fields
  return { label, transducer, dimension, physicalMin, physicalMax, digitalMin, digitalMax, samples, offset, isAnnotations }
}

function readFields<F extends ReadonlyArray<readonly [string, number]>> (
  bytes: Uint8Array, layout: F, start: number, count: number, index: number
): [Fields<F>, Places<F>] {
  const fields: Record<string, string> = {}
  const places: Record<string, number> = {}
  let at = start
  for (const [name, width] of layout) {
    const place = at + index * width
    const piece = bytes.subarray(place, place + width)
    if (piece.length < width) throw fault(bytes.length, 'the file ends within its header')
    const bad = piece.findIndex((byte) => byte < 0x20 || byte > 0x7E)
    if (bad >= 0) throw fault(place + bad, 'a header has printable ASCII only')
    fields[name] = String.fromCharCode(...piece).trimEnd()
    places[name] = place
    at += width * count
  }
  return [fields as Fields<F>, places as Places<F>]
}

/* EDF says no zone; the time is read as UTC. Years 85 to 84 are 1985 to 2084. */
function startOf ({ startDate, startTime }: Fields<typeof FILE_FIELDS>, places: Places<typeof FILE_FIELDS>): number {
  const [day, month, year] = threeNumbers(startDate)
  const [hour, minute, second] = threeNumbers(startTime)
  const ms = Date.UTC(year < 85 ? 2000 + year : 1900 + year, month - 1, day, hour, minute, second)
  if (!(hour <= 23 && minute <= 59 && second <= 59)) throw fault(places.startTime, 'a time is written hh.mm.ss')
  if (new Date(ms).getUTCDate() !== day || new Date(ms).getUTCMonth() !== month - 1) throw fault(places.startDate, 'a date is written dd.mm.yy')
  return ms
}

function threeNumbers (field: string): [number, number, number] {
  const [, a, b, c] = /^(\d\d)\.(\d\d)\.(\d\d)$/.exec(field) ?? []
  return [Number(a), Number(b), Number(c)]
}

function integer (field: string, place: number, min: number, max: number): number {
  const value = /^[+-]?\d+$/.test(field) ? Number(field) : NaN
  if (!(value >= min && value <= max)) throw fault(place, `"${field}" is no whole number from ${min} to ${max}`)
  return value
}

function decimal (field: string, place: number): number {
  const value = DECIMAL.test(field) ? Number(field) : NaN
  if (!Number.isFinite(value)) throw fault(place, `"${field}" is no decimal number`)
  return value
}

export function fault (byte: number, message: string): SignalError {
  return new SignalError('FORMAT_INVALID', message, { byte })
}
