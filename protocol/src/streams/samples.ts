import { Type } from 'typebox'
import type { Static } from 'typebox'
import { StreamError } from './stream-error.ts'

/**
 * How values stand in bytes, big-endian: `i8`, `i16`, `i32` are k of v = k / 10^scale; `f32` and `f64` are IEEE 754; `t8` and `t16` are
 * a table of `size` distinct f64, ascending, and an index a value. A missing value is the least integer, the NaN 7f c0 or 7f f8 followed
 * by zeros, or the index of all ones.
 */
export const SampleCodec = Type.Union([
  Type.Object(
    { scale: Type.Integer({ minimum: 0, maximum: 9 }), type: Type.Enum(['i8', 'i16', 'i32']) }, { additionalProperties: false }
  ),
  Type.Object({ type: Type.Enum(['f32', 'f64']) }, { additionalProperties: false }),
  Type.Object(
    { size: Type.Integer({ minimum: 1, maximum: 65_535 }), type: Type.Enum(['t8', 't16']) }, { additionalProperties: false }
  )
])
export type SampleCodec = Static<typeof SampleCodec>

/** Values of one series: read only. */
export type Samples = ReadonlyArray<number | null>

const SCALE_MAX = 9
/** One number in bytes: of an integer the least one, of a float NaN, of an index the largest stands for nothing. */
interface Cell {
  readonly bytes: number
  readonly missing: number
  readonly write: (view: DataView, at: number, value: number) => void
  readonly read: (view: DataView, at: number) => number
}

const CELLS: Readonly<Record<SampleCodec['type'], Cell>> = {
  i8: { bytes: 1, missing: -128, write: (view, at, k) => { view.setInt8(at, k) }, read: (view, at) => view.getInt8(at) },
  i16: { bytes: 2, missing: -32_768, write: (view, at, k) => { view.setInt16(at, k) }, read: (view, at) => view.getInt16(at) },
  i32: { bytes: 4, missing: -2_147_483_648, write: (view, at, k) => { view.setInt32(at, k) }, read: (view, at) => view.getInt32(at) },
  f32: {
    bytes: 4,
    missing: NaN,
    // Whether a NaN keeps its bits is the platform's choice, so it is written as an integer.
    write: (view, at, value) => { if (Number.isNaN(value)) view.setUint32(at, 0x7fc00000); else view.setFloat32(at, value) },
    read: (view, at) => view.getFloat32(at)
  },
  f64: {
    bytes: 8,
    missing: NaN,
    write: (view, at, value) => {
      if (Number.isNaN(value)) view.setBigUint64(at, 0x7ff8000000000000n)
      else view.setFloat64(at, value)
    },
    read: (view, at) => view.getFloat64(at)
  },
  t8: { bytes: 1, missing: 0xff, write: (view, at, index) => { view.setUint8(at, index) }, read: (view, at) => view.getUint8(at) },
  t16: { bytes: 2, missing: 0xffff, write: (view, at, index) => { view.setUint16(at, index) }, read: (view, at) => view.getUint16(at) }
}

/** Bytes of `count` values in a codec. */
export function sampleBytes (codec: SampleCodec, count: number): number {
  return CELLS[codec.type].bytes * count + ('size' in codec ? 8 * codec.size : 0)
}

/**
 * The first of these that gives every value back exactly: i8, i16; then the shortest of i32, f32, a table, f64, in this order where two
 * are as short. The one choice for given values, so that a window has one spelling.
 */
export function chooseCodec (values: Samples): { codec: SampleCodec, table: readonly number[] } {
  const integers = integerCodec(values)
  if (integers?.type === 'i8' || integers?.type === 'i16') return { codec: integers, table: [] }
  const choices: SampleCodec[] = integers === undefined ? [] : [integers]
  if (values.every((value) => value === null || Object.is(Math.fround(value), value === 0 ? 0 : value))) choices.push({ type: 'f32' })
  const table = distinct(values)
  if (table.length > 0 && table.length < 65_536) choices.push({ size: table.length, type: table.length < 256 ? 't8' : 't16' })
  choices.push({ type: 'f64' })
  const codec = choices.reduce((best, next) => sampleBytes(next, values.length) < sampleBytes(best, values.length) ? next : best)
  return { codec, table: 'size' in codec ? table : [] }
}

function integerCodec (values: Samples): Extract<SampleCodec, { scale: number }> | undefined {
  let [scale, largest] = [0, 0]
  for (const value of values) {
    if (value === null) continue
    while (Math.round(value * 10 ** scale) / 10 ** scale !== value) if (++scale > SCALE_MAX) return undefined
    largest = Math.max(largest, Math.abs(value))
  }
  const limit = Math.round(largest * 10 ** scale)
  const type = (['i8', 'i16', 'i32'] as const).find((name) => limit < 2 ** (8 * CELLS[name].bytes - 1))
  return type === undefined ? undefined : { scale, type }
}

/** Distinct values ascending; nothing when they are more than an index can name. */
function distinct (values: Samples): number[] {
  const found = new Set<number>()
  for (const value of values) {
    if (value !== null) found.add(value === 0 ? 0 : value)
    if (found.size > 65_535) return []
  }
  return [...found].sort((a, b) => a - b)
}

/** Writes values at `offset`. */
export function writeSamples (view: DataView, offset: number, values: Samples): SampleCodec {
  const { codec, table } = chooseCodec(values)
  table.forEach((value, i) => { view.setFloat64(offset + 8 * i, value) })
  const places = new Map(table.map((value, i) => [value, i]))
  const [cell, start] = [CELLS[codec.type], offset + 8 * table.length]
  const factor = 'scale' in codec ? 10 ** codec.scale : 1
  const stored = (value: number): number => {
    if ('scale' in codec) return Math.round(value * factor)
    return 'size' in codec ? places.get(value) ?? cell.missing : value
  }
  values.forEach((value, i) => {
    cell.write(view, start + i * cell.bytes, value === null ? cell.missing : stored(value === 0 ? 0 : value))
  })
  return codec
}

/** Reads `count` values at `offset`; the caller has checked that they are there. @throws {StreamError} `WINDOW_CONTENT_INVALID` */
export function readSamples (view: DataView, offset: number, codec: SampleCodec, count: number): Array<number | null> {
  const table = 'size' in codec ? Array.from({ length: codec.size }, (_, i) => view.getFloat64(offset + 8 * i)) : []
  const [cell, start] = [CELLS[codec.type], offset + 8 * table.length]
  const divisor = 'scale' in codec ? 10 ** codec.scale : 1
  return Array.from({ length: count }, (_, i) => {
    const stored = cell.read(view, start + i * cell.bytes)
    if (Object.is(stored, cell.missing)) return null
    const value = 'size' in codec ? table[stored] : stored / divisor
    if (value === undefined || !Number.isFinite(value)) {
      throw new StreamError('WINDOW_CONTENT_INVALID', 'window: a value is infinite or not in its table')
    }
    return value
  })
}
