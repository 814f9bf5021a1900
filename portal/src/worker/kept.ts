/** Reads once and keeps what came, for whoever asks meanwhile or later; a failure is told, and the next who asks has it read again. */
export function kept<T> (read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = undefined
      throw error
    })
    return reading
  }
}
