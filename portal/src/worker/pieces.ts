/** What a stream gives, piece by piece: not every browser has streams that can be gone through by themselves. */
export async function * piecesOf<T> (stream: ReadableStream<T>): AsyncGenerator<T, void, void> {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}
