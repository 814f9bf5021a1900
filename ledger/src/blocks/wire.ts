import { concatBytes } from '@epione/crypto'
import { BlockError } from './errors.ts'

/** Wire types of protobuf (protobuf.dev/programming-guides/encoding). */
const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const GROUP_START = 3
const GROUP_END = 4
const FIXED32 = 5

const VARINT_BYTES_MAX = 10
const FIELD_NUMBER_MAX = 2 ** 29 - 1
/** Deeper groups are refused by the peers' decoder, too. */
const GROUP_DEPTH_MAX = 10_000

/** A field: its number, its wire type, where its value begins and ends, and the low 32 bits of a varint. */
interface Field { readonly number: number, readonly type: number, readonly start: number, readonly end: number, readonly low: number }

/**
 * Reads single fields of protobuf messages straight from bytes of strangers, as the peers' decoder understands them: unknown
 * fields and fields of an unexpected wire type are skipped, the last occurrence of a value counts, and occurrences of a
 * message are one message. Nothing is allocated for what is not asked for, so memory and time are linear in the bytes,
 * whatever they hold. Each function throws `ENVELOPE_MALFORMED`.
 */
export function readBytes (message: Uint8Array, number: number): Uint8Array {
  return listBytes(message, number).at(-1) ?? new Uint8Array()
}

/** A message within a message. */
export function readMessage (message: Uint8Array, number: number): Uint8Array {
  const found = listBytes(message, number)
  return found.length === 1 && found[0] !== undefined ? found[0] : concatBytes(...found)
}

/** Whether a message or value of this number is there at all. */
export function hasField (message: Uint8Array, number: number): boolean {
  for (const field of fieldsOf(message)) if (field.number === number && field.type === BYTES) return true
  return false
}

/** How many there are of a repeated message. */
export function countMessages (message: Uint8Array, number: number): number {
  let count = 0
  for (const field of fieldsOf(message)) if (field.number === number && field.type === BYTES) count += 1
  return count
}

/** The first of a repeated message; undefined when there is none. */
export function readFirst (message: Uint8Array, number: number): Uint8Array | undefined {
  for (const { number: found, type, start, end } of fieldsOf(message)) {
    if (found === number && type === BYTES) {
      return message.subarray(start, end)
    }
  }
  return undefined
}

/** A number of 32 bits, or an enumeration's. */
export function readUint32 (message: Uint8Array, number: number): number {
  let value = 0
  for (const field of fieldsOf(message)) if (field.number === number && field.type === VARINT) value = field.low
  return value
}

/** A string; the peers' decoder refuses other bytes than UTF-8, too. */
export function readString (message: Uint8Array, number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readBytes(message, number))
  } catch (error) {
    if (error instanceof BlockError) throw error
    throw new BlockError('ENVELOPE_MALFORMED', `Field ${number} is no UTF-8.`, { cause: error })
  }
}

/** All values of a repeated field, in order. */
export function listBytes (message: Uint8Array, number: number): Uint8Array[] {
  const found: Uint8Array[] = []
  for (const field of fieldsOf(message)) {
    if (field.number === number && field.type === BYTES) {
      found.push(message.subarray(field.start, field.end))
    }
  }
  return found
}

function * fieldsOf (message: Uint8Array): Generator<Field, void, void> {
  const open: number[] = []
  for (let offset = 0; offset < message.length;) {
    const field = readField(message, offset)
    offset = field.end
    if (field.type === GROUP_START) {
      open.push(field.number)
      if (open.length > GROUP_DEPTH_MAX) throw malformed(`groups are nested deeper than ${GROUP_DEPTH_MAX}`)
    } else if (field.type === GROUP_END) {
      if (open.pop() !== field.number) throw malformed(`a group ends at byte ${offset} that did not begin`)
    } else if (open.length === 0) yield field
  }
  if (open.length > 0) throw malformed('a group does not end')
}

function readField (message: Uint8Array, offset: number): Field {
  const tag = readVarint(message, offset)
  const [number, type] = [tag.low >>> 3, tag.low & 7]
  if (tag.high || number === 0 || number > FIELD_NUMBER_MAX) throw malformed(`there is no field at byte ${offset}`)
  if (type === VARINT) {
    const { low, end } = readVarint(message, tag.end)
    return { number, type, start: tag.end, end, low }
  }
  if (type === GROUP_START || type === GROUP_END) return { number, type, start: tag.end, end: tag.end, low: 0 }
  const [start, length] = lengthOf(message, type, tag.end)
  if (length > message.length - start) throw malformed(`the field at byte ${offset} is longer than what is left`)
  return { number, type, start, end: start + length, low: 0 }
}

/** Where the value begins, and its length. */
function lengthOf (message: Uint8Array, type: number, offset: number): [start: number, length: number] {
  if (type === FIXED32) return [offset, 4]
  if (type === FIXED64) return [offset, 8]
  if (type !== BYTES) throw malformed(`wire type ${type} does not exist`)
  const { low, high, end } = readVarint(message, offset)
  if (high) throw malformed(`the length at byte ${offset} is out of range`)
  return [end, low]
}

/** The low 32 bits of a number of at most 64, and whether there are more. */
function readVarint (message: Uint8Array, offset: number): { low: number, high: boolean, end: number } {
  let [low, high] = [0, false]
  for (let index = 0; index < VARINT_BYTES_MAX; index++) {
    const byte = message[offset + index]
    if (byte === undefined) throw malformed('it ends in a number')
    const bits = byte & 0x7f
    if (index < 5) low = (low | (bits << (7 * index))) >>> 0
    if (index === 4 ? bits > 0x0f : index > 4 && bits > 0) high = true
    if (index === VARINT_BYTES_MAX - 1 && byte > 1) break
    if (byte < 0x80) return { low, high, end: offset + index + 1 }
  }
  throw malformed(`the number at byte ${offset} has more than 64 bits`)
}

function malformed (why: string): BlockError {
  return new BlockError('ENVELOPE_MALFORMED', `This is no message of Fabric: ${why}.`)
}
