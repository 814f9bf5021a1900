import { PublicKey, ShownCapsules, fromHex, judgeAnswer } from '@epione/crypto'
import { LedgerError, mayBeOfWindow, mayBeRequested } from '@epione/protocol'
import { proveGrant, signingKeysAt } from '@epione/protocol/verify'
import type { ListedKfrag } from '@epione/crypto'
import type { AccessEvent, AccusationCase, AccusationFailure, Consent, KeyDirectory, ProxyState } from '@epione/protocol'

/** What an accusation is judged by, all of it from the ledger. */
export interface Evidence {
  networkId: string
  event: AccessEvent
  proxy: ProxyState
  /** The consent that the event names, with the directory its kfrags were made with; absent in some denied events. */
  grant?: { consent: Consent, directory: KeyDirectory }
  /** By the hash of a wrap that the event names, the places (hex) of what it names it for: of each, one record version or search key. */
  places: ReadonlyMap<string, readonly string[]>
}

/**
 * Convicts a proxy's signed answer (PROTOCOL §2): returns the first check it fails. What only the accuser says is never held
 * against the proxy.
 * @throws {LedgerError} ACCUSATION_REFUSED when the answer is good or not the proxy's, ARGUMENT_INVALID when the case does not fit together
 */
export function judgeAccusation (accusation: AccusationCase, { networkId, event, proxy, grant, places }: Evidence): AccusationFailure {
  const { body } = accusation.answer
  const found = grant === undefined ? undefined : findListed(grant, body.kfragId, proxy.mspId, fromHex(networkId))
  // The hash that the proxy signed for is of that place. Where it may be a window's, only the device's statement says which.
  const isPlaced = (hash: string, place: string): boolean =>
    (places.get(hash)?.includes(place) ?? true) || (found !== undefined && mayBeOfWindow(event, found))
  const capsules = new ShownCapsules(accusation.wraps, isPlaced)
  const verdict = judgeAnswer(accusation.answer, {
    networkId: fromHex(networkId),
    proxyKeys: signingKeysAt(proxy, event.time).map((key) => PublicKey.fromHex(key)),
    eventId: accusation.eventId,
    isPermit: event.decision === 'permit',
    consentId: event.consentId,
    receivingKey: event.receivingKey,
    listed: found?.listed,
    isRequested: (hash) => found !== undefined && mayBeRequested(event, { ...found, wrapHash: hash }),
    capsules,
    heads: findHeads(event, found)
  })
  if (verdict === 'ANSWER_INVALID') throw new LedgerError('ACCUSATION_REFUSED', `The proxy of ${proxy.mspId} did not sign this answer.`)
  if (verdict === 'EVENT_MISMATCH') {
    throw new LedgerError('ARGUMENT_INVALID', `Accuse under event ${body.eventId}, which the answer is for.`)
  }
  const { outlines } = capsules
  const isForeign = outlines.size < accusation.wraps.length || [...outlines.keys()].some((hash) => !body.wrapHashes.includes(hash))
  if (verdict === 'WRAP_MISMATCH' || isForeign) {
    throw new LedgerError('ARGUMENT_INVALID', 'Send the outline of each wrap that the answer is for, and no others.')
  }
  if (typeof verdict !== 'string') {
    throw new LedgerError('ACCUSATION_REFUSED', 'The answer is good: it belongs to the event and its proof holds.')
  }
  return verdict
}

/** Chains of the compartment that the answer is of, as the event of a search says them. */
function findHeads (
  { compartments = [] }: AccessEvent, answered: { label: string, epoch: number } | undefined
): { label: string, writers: number, root: string } | undefined {
  const named = compartments.find(({ label, epoch }) => label === answered?.label && epoch === answered.epoch)
  return named?.heads === undefined ? undefined : { label: named.label, ...named.heads }
}

/** What the consent lists for the proxy under a kfrag id, and the compartment that it is of. */
function findListed (
  { consent, directory }: NonNullable<Evidence['grant']>, kfragId: string, mspId: string, networkId: Uint8Array
): { label: string, epoch: number, listed: ListedKfrag } | undefined {
  for (const compartment of consent.compartments) {
    const share = compartment.shares.find((s) => s.mspId === mspId && s.kfragId === kfragId)
    if (share === undefined) continue
    const { keys, precursor } = proveGrant({ consent, directory, networkId }, compartment)
    const { label, epoch } = compartment
    return { label, epoch, listed: { kfragId, commitment: share.commitment, keys, precursor } }
  }
  return undefined
}
