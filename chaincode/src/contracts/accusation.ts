import { Capsule, Cfrag, CryptoError, PublicKey, fromHex, parseWrap, toHex, verifyAnswer, verifyCfrag, wrapHash } from '@epione/crypto'
import { LedgerError } from '../errors.ts'
import type { AccessEvent, AccusationCase, AccusationFailure, Consent, EventRecord, KeyDirectory, ProxyState } from '../model/index.ts'

/** What an accusation is judged by, all of it from the ledger. */
export interface Evidence {
  networkId: string
  event: AccessEvent
  proxy: ProxyState
  /** The consent that the event names, with the directory its kfrags were made with; absent in some denied events. */
  grant?: { consent: Consent, directory: KeyDirectory }
}

type Answer = AccusationCase['answer']['body']

/**
 * Convicts a proxy's signed answer (PROTOCOL §2): returns the first check it fails. The order matters: what only
 * the accuser says is checked before anything is held against the proxy.
 * @throws {LedgerError} ACCUSATION_REFUSED when the answer is good or not the proxy's, ARGUMENT_INVALID when the case does not fit together
 */
export function judgeAccusation (accusation: AccusationCase, evidence: Evidence): AccusationFailure {
  const answer = checkAnswer(accusation, evidence)
  const capsule = checkWrap(accusation, answer)
  const { event, grant } = evidence
  const record = event.records.find((r) => r.wrapHash === answer.wrapHash)
  const failure = judgeFields(answer, event, record) ?? judgeCfrag(answer, capsule, accusation.mspId, record, grant)
  if (failure === undefined) throw new LedgerError('ACCUSATION_REFUSED', 'The answer is good: it belongs to the event and its proof holds.')
  // An answer for a wrap that nobody asked for stands under whichever record it was given for.
  const candidates = record === undefined ? event.records : [record]
  if (!candidates.some((r) => r.recordId === accusation.recordId && r.version === accusation.version)) throw new LedgerError('ARGUMENT_INVALID', 'Accuse with the record version that the answer is for.')
  return failure
}

/** A signature that does not verify proves nothing against the proxy: anybody could have made it. */
function checkAnswer ({ answer, eventId }: AccusationCase, { networkId, proxy }: Evidence): Answer {
  const signed = [proxy.signingKey, ...proxy.formerSigningKeys].some((key) => isSignedBy(answer, networkId, key))
  if (!signed) throw new LedgerError('ACCUSATION_REFUSED', `The proxy of ${proxy.mspId} did not sign this answer.`)
  if (answer.body.eventId !== eventId) throw new LedgerError('ARGUMENT_INVALID', `Accuse under event ${answer.body.eventId}, which the answer is for.`)
  return answer.body
}

function isSignedBy (answer: AccusationCase['answer'], networkId: string, key: string): boolean {
  try {
    verifyAnswer(answer, fromHex(networkId), PublicKey.fromHex(key))
    return true
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}

function checkWrap (accusation: AccusationCase, answer: Answer): Capsule {
  const wrap = fromHex(accusation.wrap)
  if (toHex(wrapHash(wrap)) !== answer.wrapHash) throw new LedgerError('ARGUMENT_INVALID', 'Send the wrap that the answer is for.')
  try {
    return parseWrap(wrap).capsule
  } catch (error) {
    throw new LedgerError('ACCUSATION_REFUSED', 'The wrap itself is broken: that is its author\'s doing, not the proxy\'s.', { cause: error })
  }
}

function judgeFields (answer: Answer, event: AccessEvent, record: EventRecord | undefined): AccusationFailure | undefined {
  if (event.decision !== 'permit') return 'EVENT_DENIED'
  if (answer.consentId !== event.consentId) return 'CONSENT_MISMATCH'
  if (answer.receivingKey !== event.receivingKey) return 'RECEIVING_KEY_MISMATCH'
  return record === undefined ? 'WRAP_NOT_REQUESTED' : undefined
}

function judgeCfrag (answer: Answer, capsule: Capsule, mspId: string, record: EventRecord | undefined, grant: Evidence['grant']): AccusationFailure | undefined {
  const compartment = grant?.consent.compartments.find((c) => c.label === record?.label && c.epoch === record.epoch)
  const share = compartment?.shares.find((s) => s.mspId === mspId && s.kfragId === answer.kfragId)
  if (grant === undefined || compartment === undefined || share === undefined) return 'KFRAG_NOT_LISTED'
  const cfrag = refuse(() => Cfrag.fromBytes(fromHex(answer.cfrag)))
  if (cfrag === undefined) return 'CFRAG_MALFORMED'
  if (toHex(cfrag.kfragId) !== share.kfragId || toHex(cfrag.commitment) !== share.commitment) return 'CFRAG_MISMATCH'
  const delegating = grant.directory.compartments.find((c) => c.label === compartment.label)
  if (delegating === undefined) throw new LedgerError('INTERNAL', 'A consent was accepted for a compartment that its directory does not list.')
  const keys = { signingKey: PublicKey.fromHex(grant.directory.kfragSigningKey), delegatingKey: PublicKey.fromHex(delegating.key), receivingKey: PublicKey.fromHex(answer.receivingKey) }
  return refuse(() => verifyCfrag(cfrag, capsule, keys)) === undefined ? 'CFRAG_PROOF_INVALID' : undefined
}

/** What `check` returns, or undefined when crypto refuses the bytes. */
function refuse<T> (check: () => T): T | undefined {
  try {
    return check()
  } catch (error) {
    if (error instanceof CryptoError) return undefined
    throw error
  }
}
