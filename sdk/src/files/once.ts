/** Bytes as a source that gives them in one piece. */
export async function * once (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield await Promise.resolve(bytes)
}
