/** Waits for `ms` milliseconds, or less long when `signal` aborts. */
export async function pause (ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return
  const over = Promise.withResolvers<undefined>()
  const end = (): void => { over.resolve(undefined) }
  const timer = setTimeout(end, ms)
  signal?.addEventListener('abort', end, { once: true })
  await over.promise
  clearTimeout(timer)
  signal?.removeEventListener('abort', end)
}
