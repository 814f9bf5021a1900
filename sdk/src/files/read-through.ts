/** Reads to the end, for what is done with the pieces on their way. */
export async function readThrough (pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const left = pieces[Symbol.asyncIterator]()
  while ((await left.next()).done !== true);
}
