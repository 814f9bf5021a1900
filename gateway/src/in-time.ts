/** Does `work`, unless it takes longer (ms): then nobody waits for it any more. @throws {Error} when it does, and what `work` throws */
export async function inTime<T> (timeoutMs: number, work: () => T | Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => { late.reject(new Error(`no answer within ${String(timeoutMs)} ms`)) }, timeoutMs)
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
