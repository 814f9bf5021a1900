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
