import { consentFacts, consentStatus, LedgerError } from '@epione/protocol'
import type { Consent, ConsentState, ConsentStatus, SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { SealedKfrag } from '@epione/protocol/api'
import type { CheckedStatement } from '../ledger/statements.ts'
import { isFinalForConsent } from './final-refusals.ts'
import { findBlock } from '../ledger/find-block.ts'

export interface GrantedConsent { consentId: string, status: ConsentStatus, custody: string[], txId: string, blockNumber: number }

/** How long (ms) the answer waits for the proxies' custody; the outbox goes on with those that take longer. */
const CUSTODY_WAIT_MS = 5_000

/**
 * Brings a consent to the ledger and its kfrags to the proxies. The kfrags are durable before the ledger hears of the
 * consent, so that none is lost however this process ends. A consent that the ledger has already is answered as the first time.
 * @throws {GatewayError} KFRAGS_MISMATCH @throws {LedgerError} CONSENT_INVALID for proxies that are no members, and whatever else the
 * ledger refuses
 */
export async function grantConsent (
  app: FastifyInstance,
  statement: SignedStatement,
  consent: CheckedStatement<'Consent'>,
  kfrags: readonly (SealedKfrag & { mspId: string })[]
): Promise<GrantedConsent> {
  const { id: consentId, body } = consent
  requireListed(body, kfrags)
  requireMembers(app, body)
  const prepared = await app.proxy.relay.prepare({ consentId, patientId: body.patientId, submitBefore: body.submitBefore, kfrags })
  const { txId, blockNumber } = await submit(app, statement, consent, prepared)
  await app.proxy.relay.deliver(prepared, CUSTODY_WAIT_MS)
  const state = await app.ledger.gateway.getConsent(consentId)
  return { consentId, status: statusOf(app, body, state), custody: state.custody.map((c) => c.submittedBy), txId, blockNumber }
}

/** A consent's status now. */
export function statusOf (app: FastifyInstance, body: Consent, state: ConsentState): ConsentStatus {
  return consentStatus(consentFacts(body, state, app.ledger.members().map((m) => m.mspId)), app.ports.clock())
}

function requireListed (body: Consent, kfrags: readonly { mspId: string, kfragId: string }[]): void {
  const listed = body.compartments.flatMap((c) => c.shares.map((share) => `${share.mspId}/${share.kfragId}`)).sort()
  const sent = kfrags.map((kfrag) => `${kfrag.mspId}/${kfrag.kfragId}`).sort()
  if (listed.join() !== sent.join()) throw new GatewayError('KFRAGS_MISMATCH', 'send exactly the kfrags that the consent lists, each once')
}

/** The network is closed: nobody else will ever be a proxy, and nothing is kept for one. */
function requireMembers (app: FastifyInstance, { compartments }: Consent): void {
  const members = app.ledger.members().map((m) => m.mspId)
  const areMembers = compartments.every(({ shares }) => {
    const proxies = new Set(shares.map((share) => share.mspId))
    return proxies.size === shares.length && [...proxies].every((mspId) => members.includes(mspId))
  })
  if (!areMembers) throw new LedgerError('CONSENT_INVALID', 'List member organisations as proxies, each once per compartment.')
}

async function submit (
  app: FastifyInstance,
  statement: SignedStatement,
  { id: consentId, body: { patientId } }: CheckedStatement<'Consent'>,
  prepared: readonly string[]
): Promise<{ txId: string, blockNumber: number }> {
  const { ledger: { gateway: ledger }, proxy: { relay } } = app
  try {
    const { txId, blockNumber } = await ledger.grantConsent(statement)
    return { txId, blockNumber: Number(blockNumber) }
  } catch (error) {
    // Anything but the ledger's own refusal for good leaves in doubt whether it has the consent: the prepared kfrags stay.
    if (!(error instanceof LedgerError)) throw error
    // Whatever the refusal: a statement past its time is refused as that, also when the ledger took it before.
    const accepted = await ledger.findStatement(consentId)
    if (accepted !== undefined) return { txId: accepted.txId, blockNumber: await findBlock(app, accepted.txId) }
    if (isFinalForConsent(error)) await relay.cancel({ consentId, patientId }, prepared)
    throw error
  }
}
