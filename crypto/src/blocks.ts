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
  let buffer = new Uint8Array(firstBytes === 0 ? size : firstBytes)
  let filled = 0
  for await (const piece of source) {
    if (!(piece instanceof Uint8Array)) throw new TypeError('a byte stream yields Uint8Array')
    let offset = 0
    while (offset < piece.length) {
      if (filled === buffer.length) {
        yield { bytes: buffer, isLast: false }
        if (buffer.length !== size) buffer = new Uint8Array(size)
        filled = 0
      }
      // More follows in this piece, so the block is not the last and need not be copied to be held back.
      if (filled === 0 && piece.length - offset > buffer.length) {
        yield { bytes: piece.subarray(offset, offset + buffer.length), isLast: false }
        offset += buffer.length
        if (buffer.length !== size) buffer = new Uint8Array(size)
        continue
      }
      const taken = Math.min(buffer.length - filled, piece.length - offset)
      buffer.set(piece.subarray(offset, offset + taken), filled)
      filled += taken
      offset += taken
    }
  }
  yield { bytes: buffer.subarray(0, filled), isLast: true }
}
