import { PublicKey, fromHex, isAnswerFault, judgeAnswer, toHex, wrapHashOf } from '@epione/crypto'
import { LedgerError } from '@epione/protocol'
import { proveGrant } from '@epione/protocol/verify'
import type { AnswerFailure, ListedKfrag } from '@epione/crypto'
import type { AccessEvent, AccusationCase, AccusationFailure, Consent, EventRecord, KeyDirectory, ProxyState } from '@epione/protocol'

/** What an accusation is judged by, all of it from the ledger. */
export interface Evidence {
  networkId: string
  event: AccessEvent
  proxy: ProxyState
  /** The consent that the event names, with the directory its kfrags were made with; absent in some denied events. */
  grant?: { consent: Consent, directory: KeyDirectory }
}

/**
 * Convicts a proxy's signed answer (PROTOCOL §2): returns the first check it fails. What only the accuser says is never held
 * against the proxy.
 * @throws {LedgerError} ACCUSATION_REFUSED when the answer is good or not the proxy's, ARGUMENT_INVALID when the case does not fit together
 */
export function judgeAccusation (accusation: AccusationCase, { networkId, event, proxy, grant }: Evidence): AccusationFailure {
  const { body } = accusation.answer
  const record = event.records.find((r) => r.wrapHash === body.wrapHash)
  const verdict = judgeAnswer(accusation.answer, {
    networkId: fromHex(networkId),
    proxyKeys: [proxy.signingKey, ...proxy.formerSigningKeys].map((key) => PublicKey.fromHex(key)),
    eventId: accusation.eventId,
    isPermit: event.decision === 'permit',
    consentId: event.consentId,
    receivingKey: event.receivingKey,
    wrapHash: record?.wrapHash,
    capsule: fromHex(accusation.wrap.capsule),
    listed: grant === undefined || record === undefined ? undefined : findListed(grant, record, proxy.mspId, fromHex(networkId))
  })
  if (verdict === 'ANSWER_INVALID') throw new LedgerError('ACCUSATION_REFUSED', `The proxy of ${proxy.mspId} did not sign this answer.`)
  if (verdict === 'EVENT_MISMATCH') {
    throw new LedgerError('ARGUMENT_INVALID', `Accuse under event ${body.eventId}, which the answer is for.`)
  }
  if (toHex(wrapHashOf(accusation.wrap)) !== body.wrapHash) {
    throw new LedgerError('ARGUMENT_INVALID', 'Send the outline of the wrap that the answer is for.')
  }
  if (typeof verdict !== 'string') {
    throw new LedgerError('ACCUSATION_REFUSED', 'The answer is good: it belongs to the event and its proof holds.')
  }
  requireRecord(accusation, record === undefined ? event.records : [record])
  return requireFault(verdict)
}

function findListed (
  { consent, directory }: NonNullable<Evidence['grant']>, { label, epoch }: EventRecord, mspId: string, networkId: Uint8Array
): ListedKfrag | undefined {
  const compartment = consent.compartments.find((c) => c.label === label && c.epoch === epoch)
  const share = compartment?.shares.find((s) => s.mspId === mspId)
  if (compartment === undefined || share === undefined) return undefined
  const { keys, precursor } = proveGrant({ consent, directory, networkId }, compartment)
  return { kfragId: share.kfragId, commitment: share.commitment, keys, precursor }
}

/** An answer for a wrap that nobody asked for stands under whichever record it was given for. */
function requireRecord ({ recordId, version }: AccusationCase, candidates: readonly EventRecord[]): void {
  if (candidates.some((r) => r.recordId === recordId && r.version === version)) return
  throw new LedgerError('ARGUMENT_INVALID', 'Accuse with the record version that the answer is for.')
}

function requireFault (failure: AnswerFailure): AccusationFailure {
  if (isAnswerFault(failure)) return failure
  throw new LedgerError('ACCUSATION_REFUSED', 'The wrap itself is broken: that is its author\'s doing, not the proxy\'s.')
}
