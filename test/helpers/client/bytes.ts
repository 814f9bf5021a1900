/** A stream of these pieces. */
export async function * bytes (...pieces: ReadonlyArray<string | Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for (const piece of pieces) yield await Promise.resolve(typeof piece === 'string' ? Buffer.from(piece) : piece)
}
