/**
 * Waits for what was asked at once. Of several failures it tells the one that stands first, whichever came first: what is said does not
 * depend on which hospital is slower.
 */
export async function together<T extends readonly unknown[]> (...asked: { [Place in keyof T]: Promise<T[Place]> }): Promise<T> {
  // Each failure is told in its turn, or not at all.
  for (const promise of asked) promise.catch(() => undefined)
  const answers: unknown[] = []
  for (const promise of asked) answers.push(await promise)
  return answers as unknown as T
}

/** Does the work for each item, `few` at a time; results stand in the order of the items. An error is told when all work has ended. */
export async function mapFewAtOnce<T, R> (items: readonly T[], few: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = items.entries()
  const workers = Array.from({ length: few }, async () => {
    for (const [index, item] of waiting) results[index] = await work(item)
  })
  for (const ended of await Promise.allSettled(workers)) if (ended.status === 'rejected') throw ended.reason
  return results
}
