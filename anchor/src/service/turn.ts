/**
 * How long (ms) an organisation waits before it does the work of batch `number`: organisations take turns in the order of
 * their MSP ids, and each next one steps in after one more `timeoutMs` of silence.
 */
export function turnDelay (mspId: string, members: readonly string[], number: number, timeoutMs: number): number {
  const order = [...members].sort()
  const index = order.indexOf(mspId)
  if (index < 0) throw new RangeError(`${mspId} is no member of the network`)
  return ((index - number % order.length + order.length) % order.length) * timeoutMs
}
