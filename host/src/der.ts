/** One element of DER (X.690): its tag, its content, and where the next one begins. */
export interface DerElement { tag: number, content: Uint8Array, end: number }

/** Tags of the elements that are read or written here. */
export const DER = {
  integer: 0x02, bitString: 0x03, objectId: 0x06, utf8String: 0x0c, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31
} as const

/** Bytes that are no DER. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

/** Reads the DER element at `offset`; throws {@link DerError}. */
export function readDer (bytes: Uint8Array, offset = 0): DerElement {
  const [tag, first] = [bytes[offset], bytes[offset + 1]]
  if (tag === undefined || first === undefined) throw malformed(offset)
  let [length, start] = [first, offset + 2]
  if (first >= 0x80) {
    const size = first & 0x7f
    if (size === 0 || size > 4) throw malformed(offset)
    length = 0
    for (; start < offset + 2 + size; start++) length = length * 256 + (bytes[start] ?? 0)
  }
  if (start + length > bytes.length) throw malformed(offset)
  return { tag, content: bytes.subarray(start, start + length), end: start + length }
}

/** The elements within a constructed element's content; throws {@link DerError}. */
export function readDerList (content: Uint8Array): DerElement[] {
  const elements: DerElement[] = []
  for (let offset = 0; offset < content.length;) {
    const element = readDer(content, offset)
    elements.push(element)
    offset = element.end
  }
  return elements
}

/** The elements within an element, none of one that is not there; throws {@link DerError}. */
export function partsOf (element: DerElement | undefined): DerElement[] {
  return element === undefined ? [] : readDerList(element.content)
}

/** An element of this tag around the given parts. */
export function writeDer (tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  if (content.length > 0xffff) throw new RangeError(`an element of ${String(content.length)} bytes is longer than any that is written here`)
  const size = content.length < 0x80 ? [] : Buffer.from(content.length.toString(16).padStart(content.length < 0x100 ? 2 : 4, '0'), 'hex')
  const head = size.length === 0 ? [tag, content.length] : [tag, 0x80 + size.length, ...size]
  return Buffer.concat([Uint8Array.from(head), content])
}

function malformed (offset: number): DerError {
  return new DerError(`The DER at byte ${String(offset)} cannot be read.`)
}
