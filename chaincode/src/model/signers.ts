import { ORDER_TOLERANCE_MS } from './limits.ts'

/** A key with the time (ms, of the ledger) since when it counts; the next one in a list ends it. */
export interface KeySince { key: string, since: number }

/**
 * The key that was in force when the ledger accepted a statement (`time`, ms) and is among its signers: who signs with a former or
 * later one is not that person. By the ledger's time and never the signer's clock, which may fall into a wait or a race that the
 * ledger decided the other way. Oldest first.
 */
export function findSigner (keys: readonly KeySince[], signers: readonly string[], time: number): string | undefined {
  return keys.find(({ key, since }, index) => {
    const until = keys[index + 1]?.since ?? Infinity
    return signers.includes(key) && since <= time + ORDER_TOLERANCE_MS && time <= until + ORDER_TOLERANCE_MS
  })?.key
}
