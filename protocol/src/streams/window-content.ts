import { utf8 } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { Hex } from '../shapes/primitives.ts'
import { isKindOf, orderKinds } from './kinds.ts'
import type { KindCode } from './kinds.ts'
import { chooseCodec, readSamples, sampleBytes, SampleCodec, writeSamples } from './samples.ts'
import type { Samples } from './samples.ts'
import { checkSeries, endOf, SERIES_PER_WINDOW, SeriesDescription, VALUES_PER_WINDOW } from './series.ts'
import type { Series } from './series.ts'
import { StreamError } from './stream-error.ts'

/** Most bytes of a window before it is sealed: sealed, they stay below what a gateway takes of one. */
export const WINDOW_CONTENT_BYTES_MAX = 393_000
/** Most bytes of its header. */
const HEADER_BYTES_MAX = 65_536
/** Most bytes of its values: with any header they fit into a window. */
export const WINDOW_SAMPLES_BYTES_MAX = WINDOW_CONTENT_BYTES_MAX - HEADER_BYTES_MAX - 4
/** Most kinds that one device measures. */
export const KINDS_PER_DEVICE = 32
const FORMAT = 'epione-window/1'

const strict = { additionalProperties: false }
const Kind = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 128 }), system: Type.String({ minLength: 1, maxLength: 256 })
}, strict)

/** By which clock the times of a window are. */
export const WindowClock = Type.Object({
  /** 16 random bytes of each start of the device, hex: monotonic times compare within one boot only. */
  bootId: Hex(16),
  /** The device's own clock, or whoever handed it the measurements with their times. */
  by: Type.Enum(['device', 'source']),
  /** Of the window's start, on a clock that nobody sets. */
  monotonicMs: Type.Number({ minimum: 0 }),
  /** What was added to the device's clock to have a gateway's; absent: not known in this boot when the window was sealed. */
  offsetMs: Type.Optional(Type.Number())
}, strict)
export type WindowClock = Static<typeof WindowClock>

const Header = Type.Object({
  clock: WindowClock,
  end: Type.Number(),
  format: Type.Literal(FORMAT),
  kinds: Type.Array(Kind, { minItems: 1, maxItems: KINDS_PER_DEVICE }),
  salt: Hex(32),
  series: Type.Array(Type.Object({
    count: Type.Integer({ minimum: 1, maximum: VALUES_PER_WINDOW }),
    description: SeriesDescription,
    gaps: Type.Integer({ minimum: 0, maximum: VALUES_PER_WINDOW }),
    offsets: Type.Optional(SampleCodec),
    samples: SampleCodec
  }, strict), { minItems: 1, maxItems: SERIES_PER_WINDOW }),
  start: Type.Number()
}, strict)
type Header = Static<typeof Header>

/** What a device measured in one window, and by which clock. */
export interface WindowContent {
  readonly clock: WindowClock
  /** All kinds that the device measures, and the salt (32 bytes, hex) of the `kindsHash` in its `Device` statement. */
  readonly kinds: readonly KindCode[]
  readonly salt: string
  /** 1 to 16, each of one of the kinds. */
  readonly series: readonly Series[]
}

/** Bytes that the values of series and their offsets take in a window. */
export function contentBytesOf (series: readonly Series[]): number {
  const bytesOf = (values: Samples): number => sampleBytes(chooseCodec(values).codec, values.length)
  return series.reduce((sum, { offsetsMs, values }) => sum + bytesOf(values) + (offsetsMs === undefined ? 0 : bytesOf(offsetsMs)), 0)
}

/** Start of the first and end of the last of several series, ms since 1970. */
export function spanOf (series: readonly Series[]): { startMs: number, endMs: number } {
  return { startMs: Math.min(...series.map(({ startMs }) => startMs)), endMs: Math.max(...series.map(endOf)) }
}

/**
 * Bytes of a window before it is sealed: u32 length of the header || header, JSON with members in order of their names || of each series
 * its offsets, where it has some, and its values. Lossless, but that -0 becomes 0. @throws {StreamError} `SERIES_INVALID`
 */
export function encodeWindow (content: WindowContent): Uint8Array {
  const kinds = orderKinds(content.kinds)
  const { startMs: start, endMs: end } = spanOf(content.series.map(checkSeries))
  const series = content.series.map(({ offsetsMs, values, ...description }) => ({
    count: values.length,
    description: ordered(description),
    gaps: values.filter((value) => value === null).length,
    ...(offsetsMs === undefined ? {} : { offsets: chooseCodec(offsetsMs).codec }),
    samples: chooseCodec(values).codec
  }))
  const header: Header = { clock: ordered(content.clock), end, format: FORMAT, kinds, salt: content.salt, series, start }
  requireHeader(header, 'SERIES_INVALID')
  const text = utf8(JSON.stringify(header))
  const length = 4 + text.length + series.reduce((sum, one) => sum + valueBytes(one), 0)
  if (text.length > HEADER_BYTES_MAX || length > WINDOW_CONTENT_BYTES_MAX) {
    throw new StreamError('SERIES_INVALID', `series: a window has at most ${WINDOW_CONTENT_BYTES_MAX} bytes, these have ${length}; cut shorter ones`)
  }
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, text.length)
  bytes.set(text, 4)
  writeAll(view, 4 + text.length, content.series)
  return bytes
}

function writeAll (view: DataView, start: number, series: readonly Series[]): void {
  let at = start
  const write = (values: Samples): void => { at += sampleBytes(writeSamples(view, at, values), values.length) }
  for (const { offsetsMs, values } of series) {
    if (offsetsMs !== undefined) write(offsetsMs)
    write(values)
  }
}

/**
 * What `encodeWindow` made, of untrusted bytes. Only the one spelling of a content is taken. @throws {StreamError}
 * `WINDOW_CONTENT_INVALID`
 */
export function decodeWindow (bytes: Uint8Array): WindowContent {
  const { header, valuesAt } = readHeader(bytes)
  const content: WindowContent = {
    clock: header.clock, kinds: header.kinds, salt: header.salt, series: readAll(bytes, valuesAt, header)
  }
  if (!isSame(encodeAgain(content), bytes)) throw invalid('it is not spelt as its content is')
  return content
}

function readHeader (bytes: Uint8Array): { header: Header, valuesAt: number } {
  if (bytes.length < 4 || bytes.length > WINDOW_CONTENT_BYTES_MAX) throw invalid('its length is none of a window')
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
  if (length > HEADER_BYTES_MAX || length > bytes.length - 4) throw invalid('its header is longer than a window has')
  const header = parseJson(bytes.subarray(4, 4 + length))
  return { header: requireHeader(header, 'WINDOW_CONTENT_INVALID'), valuesAt: 4 + length }
}

function parseJson (bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw invalid('its header is no JSON', cause)
  }
}

function readAll (bytes: Uint8Array, start: number, { series }: Header): Series[] {
  const length = series.reduce((sum, one) => sum + valueBytes(one), 0)
  if (start + length !== bytes.length) throw invalid('its length is another than its header says')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = start
  const read = (codec: SampleCodec, count: number): Array<number | null> => {
    const values = readSamples(view, at, codec, count)
    at += sampleBytes(codec, count)
    return values
  }
  return series.map(({ count, description, offsets, samples }) => {
    const offsetsMs = offsets === undefined ? undefined : read(offsets, count).map((offset) => offset ?? NaN)
    return { ...description, ...(offsetsMs === undefined ? {} : { offsetsMs }), values: read(samples, count) }
  })
}

function encodeAgain (content: WindowContent): Uint8Array {
  try {
    return encodeWindow(content)
  } catch (cause) {
    if (cause instanceof StreamError) throw invalid(cause.message, cause)
    throw cause
  }
}

/** Checks a header against its schema, and what that cannot say of its parts. */
function requireHeader (value: unknown, code: StreamError['code']): Header {
  if (!Value.Check(Header, value)) {
    const [fault] = Value.Errors(Header, value)
    throw new StreamError(code, `window: header ${fault?.instancePath ?? ''} ${fault?.message ?? 'does not fit'}`)
  }
  const foreign = value.series.find(({ description }) => !isKindOf(value.kinds, description.kind))
  if (foreign !== undefined) throw new StreamError(code, 'window: a series is of a kind that the device does not measure')
  const values = value.series.reduce((sum, { count }) => sum + count, 0)
  if (values > VALUES_PER_WINDOW) throw new StreamError(code, `window: at most ${VALUES_PER_WINDOW} values, not ${values}`)
  return value
}

function valueBytes ({ count, offsets, samples }: Header['series'][number]): number {
  return sampleBytes(samples, count) + (offsets === undefined ? 0 : sampleBytes(offsets, count))
}

/** A copy with members, at every depth, in order of their names. */
function ordered<T extends object> (value: T): T {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => a < b ? -1 : 1)
  return Object.fromEntries(entries.map(([name, member]: [string, unknown]) =>
    [name, typeof member === 'object' && member !== null ? ordered(member) : member])) as T
}

const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, i) => byte === right[i])

function invalid (fault: string, cause?: unknown): StreamError {
  return new StreamError('WINDOW_CONTENT_INVALID', `window: ${fault}`, { cause })
}
