import { ORDER_TOLERANCE_MS } from '../index.ts'

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

/** The same for what one key alone signs, as the ledger demands: a second signature would say that somebody else means it, too. */
export function findSoleSigner (keys: readonly KeySince[], signers: readonly string[], time: number): string | undefined {
  return signers.length === 1 ? findSigner(keys, signers, time) : undefined
}

/** True when these keys signed, each once, and no other. */
export function areSigners (signers: readonly string[], keys: readonly string[]): boolean {
  const required = new Set(keys)
  return signers.length === required.size && signers.every((key) => required.has(key))
}

/** Why a statement is not that of a patient's guardians: a stranger signed too, or too few did; undefined when it is theirs. */
export function findGuardianFault (
  signers: readonly string[], { signingKeys, threshold }: { signingKeys: readonly string[], threshold: number }
): 'stranger' | 'too few' | undefined {
  if (!signers.every((key) => signingKeys.includes(key))) return 'stranger'
  return new Set(signers).size < threshold ? 'too few' : undefined
}
