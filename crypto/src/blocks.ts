/** A piece of a stream; `bytes` is valid until the next one is asked for. */
export interface Block {
  readonly bytes: Uint8Array
  readonly isLast: boolean
}

/**
 * Cuts a byte stream into blocks of `firstBytes` once (none when 0) and then of `size`, whatever pieces it comes in; only the
 * last may be shorter, and a stream that ends before it had one ends in an empty last block. One block is held back,
 * because only the end of the stream tells which is the last.
 */
export async function * cutBlocks (source: AsyncIterable<Uint8Array>, size: number, firstBytes = 0): AsyncGenerator<Block, void, void> {
  let wanted = firstBytes === 0 ? size : firstBytes
  // Grows with what comes: most contents are windows of a device, far smaller than a block.
  let buffer = new Uint8Array(0)
  let filled = 0
  for await (const piece of source) {
    if (!(piece instanceof Uint8Array)) throw new TypeError('a byte stream yields Uint8Array')
    let offset = 0
    while (offset < piece.length) {
      if (filled === wanted) {
        yield { bytes: buffer.subarray(0, filled), isLast: false }
        wanted = size
        filled = 0
      }
      // More follows in this piece, so the block is not the last and need not be copied to be held back.
      if (filled === 0 && piece.length - offset > wanted) {
        yield { bytes: piece.subarray(offset, offset + wanted), isLast: false }
        offset += wanted
        wanted = size
        continue
      }
      const taken = Math.min(wanted - filled, piece.length - offset)
      buffer = withRoom(buffer, filled, taken, wanted)
      buffer.set(piece.subarray(offset, offset + taken), filled)
      filled += taken
      offset += taken
    }
  }
  yield { bytes: buffer.subarray(0, filled), isLast: true }
}

/** The buffer, or one of twice its size up to `most` with what it has: room for `more` bytes after the `filled` ones. */
function withRoom (buffer: Uint8Array<ArrayBuffer>, filled: number, more: number, most: number): Uint8Array<ArrayBuffer> {
  if (filled + more <= buffer.length) return buffer
  const larger = new Uint8Array(Math.min(most, Math.max(filled + more, 2 * buffer.length)))
  larger.set(buffer.subarray(0, filled))
  return larger
}
