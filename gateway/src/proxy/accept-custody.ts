import { equalConstantTime } from '@epione/crypto'
import { CONSENT_PENDING_MS, LedgerError } from '@epione/protocol'
import type { ConsentState, StoredStatement } from '@epione/protocol'
import { verifyConsent, verifyDirectory } from '@epione/protocol/verify'
import type { VerifiedConsent } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'
import { isAnyErased } from '../records/erased-compartments.ts'
import { judged } from '../judge.ts'
import { CATCH_UP_MS, catchUp } from '../catch-up.ts'
import { verifyCustody } from './custody.ts'
import type { SealedKfrag } from '@epione/protocol/api'
import type { Endings } from './endings.ts'
import type { HeldKfrag, KfragVault } from './kfrag-vault.ts'
import { signOwn } from './own-statements.ts'
import type { ProxyContext } from './proxy-context.ts'
import type { ActorEnds } from './actor-ends.ts'

type CustodyContext = ProxyContext & { endings: Endings, actorEnds: ActorEnds }

/**
 * Takes kfrags of a consent into custody and confirms it on the ledger. Done again with the same it answers the same; others
 * are refused, whatever is held.
 * @throws {GatewayError} CONSENT_ENDED, CUSTODY_NOT_LISTED, KFRAG_INVALID, STATEMENT_UNPROVEN
 * @throws {LedgerError} CONSENT_UNKNOWN
 */
export async function acceptCustody (
  context: CustodyContext,
  consentId: string,
  sealed: readonly SealedKfrag[]
): Promise<{ statementId: string, txId: string }> {
  const state = await catchUp(['CONSENT_UNKNOWN'], CATCH_UP_MS, async () => await context.ledger.getConsent(consentId))
  const consent = await proveConsent(context, consentId, state)
  await refuseEnded(context, consent, state)
  const confirmed = state.custody.find((custody) => custody.submittedBy === context.mspId)
  await keep(context, consent, sealed)
  const { id, txId } = confirmed ?? await confirm(context, consent)
  return { statementId: id, txId }
}

async function proveConsent (
  { ledger, reader, actorEnds }: CustodyContext, consentId: string, state: ConsentState
): Promise<VerifiedConsent> {
  const { patientId } = judged(() => reader.readStored('Consent', state.consent)).body
  const [directory, proxies] = await Promise.all([ledger.getDirectory(patientId), ledger.getProxies()])
  // All consents of a patient id end when it is handed over.
  // Whatever a peer shows as its end is honoured unproven: inventing one gains nothing but a refusal.
  if (directory.succession !== undefined || state.revocation !== undefined) throw ended(consentId)
  const consent = judged(() =>
    verifyConsent(state, consentId, { directory: verifyDirectory(directory, patientId, reader), proxies, reader }))
  await actorEnds.requireInTime(patientId, consent.signedBy, state.consent.time)
  return consent
}

async function refuseEnded (
  { endings, clock, db }: CustodyContext,
  { id, body }: VerifiedConsent,
  state: ConsentState
): Promise<void> {
  const now = clock()
  const late = now > body.submitBefore + CONSENT_PENDING_MS && state.custody.length < body.threshold
  if (late || now > body.notAfter || await endings.isEnded(body.patientId, id)) throw ended(id)
  if (await isAnyErased(db, body.patientId, body.compartments)) throw erased(id)
}

async function keep (
  context: CustodyContext,
  consent: VerifiedConsent,
  sealed: readonly SealedKfrag[]
): Promise<void> {
  const { vault, endings, clock, keys, mspId, reencryptor } = context
  const { id: consentId, body: { patientId, notAfter, submitBefore } } = consent
  const kfrags = await verifyCustody(consent, sealed, { mspId, encryptionKey: keys.encryption, reencryptor })
  try {
    if (await holdsSame(vault, consentId, kfrags)) return
    await vault.keep({ consentId, patientId, notAfter, voidAfter: submitBefore + CONSENT_PENDING_MS }, kfrags, clock())
  } finally {
    kfrags.forEach(({ bytes }) => { bytes.fill(0) })
  }
  // An end may have come between the check and the store.
  const { body: { compartments } } = consent
  if (await isAnyErased(context.db, patientId, compartments)) {
    await vault.destroy(consentId)
    throw erased(consentId)
  }
  if (!await endings.isEnded(patientId, consentId)) return
  await endings.end({ patientId, consentId, cause: 'revoked' })
  throw ended(consentId)
}

/** True when these very kfrags are held, false when none is. @throws {GatewayError} KFRAG_INVALID when others are */
async function holdsSame (vault: KfragVault, consentId: string, kfrags: readonly HeldKfrag[]): Promise<boolean> {
  let isHeld = false
  for (const { kfragId, label, epoch, bytes } of kfrags) {
    const held = await vault.find(consentId, label, epoch)
    if (held === null) continue
    isHeld = true
    const isSame = held.kfragId === kfragId && equalConstantTime(held.bytes, bytes)
    held.bytes.fill(0)
    if (!isSame) throw new GatewayError('KFRAG_INVALID', `this proxy holds another kfrag of consent ${consentId} than ${kfragId}`)
  }
  return isHeld
}

async function confirm (
  context: CustodyContext,
  { id: consentId, body: { patientId }, shares }: VerifiedConsent
): Promise<StoredStatement> {
  const kfragIds = shares.filter((share) => share.mspId === context.mspId).map((share) => share.kfragId)
  try {
    const { value } = await context.ledger.confirmCustody(
      signOwn(context, { type: 'CustodyConfirmation', mspId: context.mspId, consentId, kfragIds })
    )
    return value
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'CONSENT_ENDED') throw error
    await context.endings.end({ patientId, consentId, cause: 'revoked' })
    throw ended(consentId)
  }
}

function erased (consentId: string): GatewayError {
  return new GatewayError('CONSENT_ENDED', `consent ${consentId} grants a compartment that its patient has erased: grant the others anew`)
}

function ended (consentId: string): GatewayError {
  return new GatewayError('CONSENT_ENDED', `consent ${consentId} has ended: its kfrags are not taken`)
}
