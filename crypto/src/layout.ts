import { concatBytes, copyBytes, equalConstantTime } from './bytes.ts'
import { CryptoError } from './errors.ts'

/** Bytes that must stand there as they are, or a named field of fixed length. */
export type Segment<Name extends string> = Uint8Array | readonly [name: Name, length: number]

/**
 * A fixed sequence of constants and fields. All of Umbral's objects have fixed lengths, so MessagePack is only
 * constants between the fields; comparing them refuses each other spelling of the same object.
 */
export class Layout<Name extends string> {
  readonly length: number
  readonly #segments: readonly Segment<Name>[]

  constructor (segments: readonly Segment<Name>[]) {
    this.#segments = segments
    this.length = segments.reduce((sum, segment) => sum + (segment instanceof Uint8Array ? segment.length : segment[1]), 0)
  }

  pack (fields: Readonly<Record<Name, Uint8Array>>): Uint8Array {
    return concatBytes(...this.#segments.map((segment) => {
      if (segment instanceof Uint8Array) return segment
      const field = fields[segment[0]]
      if (field.length !== segment[1]) throw new RangeError(`${segment[0]}: expected ${segment[1]} bytes, got ${field.length}`)
      return field
    }))
  }

  /** True when the constants after the last field are the last of `bytes`. */
  endsLike (bytes: Uint8Array): boolean {
    const last = this.#segments.findLastIndex((segment) => !(segment instanceof Uint8Array))
    const ending = concatBytes(...this.#segments.slice(last + 1).filter((segment) => segment instanceof Uint8Array))
    return bytes instanceof Uint8Array && equalConstantTime(bytes.subarray(Math.max(0, bytes.length - ending.length)), ending)
  }

  /** Copies the fields out; throws `LENGTH_INVALID` unless `bytes` has exactly this length and these constants. */
  unpack (bytes: Uint8Array): Record<Name, Uint8Array> {
    if (!(bytes instanceof Uint8Array) || bytes.length !== this.length) {
      throw new CryptoError('LENGTH_INVALID', `expected ${this.length} bytes`)
    }
    const fields: [Name, Uint8Array][] = []
    let offset = 0
    for (const segment of this.#segments) {
      const end = offset + (segment instanceof Uint8Array ? segment.length : segment[1])
      const part = copyBytes(bytes.subarray(offset, end))
      if (!(segment instanceof Uint8Array)) {
        fields.push([segment[0], part])
      } else if (!equalConstantTime(part, segment)) {
        throw new CryptoError('LENGTH_INVALID', `unexpected byte between ${offset} and ${end}`)
      }
      offset = end
    }
    return Object.fromEntries(fields) as Record<Name, Uint8Array>
  }
}

/** MessagePack array header for up to 15 elements. */
export function msgpackArray (elements: number): Uint8Array {
  return Uint8Array.of(0x90 | elements)
}

/** MessagePack bin8: c4, length, field. */
export function msgpackField<Name extends string> (name: Name, length: number): Segment<Name>[] {
  return [Uint8Array.of(0xc4, length), [name, length]]
}

/** MessagePack bin8 of constant bytes. */
export function msgpackConstant (bytes: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0xc4, bytes.length), bytes)
}

/** MessagePack true or false. */
export function msgpackBoolean (value: boolean): Uint8Array {
  return Uint8Array.of(value ? 0xc3 : 0xc2)
}
