import { concatBytes, utf8 } from '@epione/crypto'

/** A field of a message: bytes, a text, or a number; nothing for what protobuf leaves out (empty, 0). */
export type FieldValue = Uint8Array | string | number

/**
 * A protobuf message of these fields, in this order, as the encoders of Go and of the gateway's library write it: so that what somebody
 * else encoded can be compared byte for byte. A field that must be there though it is empty is given by `always`.
 */
export function encodeMessage (...fields: ReadonlyArray<readonly [number: number, value: FieldValue, always?: 'always']>): Uint8Array {
  return concatBytes(...fields.flatMap(([number, value, always]) => {
    if (typeof value === 'number') return value === 0 ? [] : [encodeVarint(number * 8), encodeVarint(value)]
    const bytes = typeof value === 'string' ? utf8(value) : value
    return bytes.length === 0 && always === undefined ? [] : [encodeVarint(number * 8 + 2), encodeVarint(bytes.length), bytes]
  }))
}

function encodeVarint (value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) return Uint8Array.of(...bytes, rest)
    bytes.push(rest % 0x80 + 0x80)
  }
}
