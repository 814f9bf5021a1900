import { canonicalize, fromHex } from '@epione/crypto'
import { Hash, MspId, PatientId, RecordId, StoredStatement, Version } from '@epione/protocol'
import type { EndCause } from '@epione/protocol'
import type { EventAnchor } from '@epione/protocol/api'
import { openStatement, provenDestructions, Refusal, StatementReader, tallyWraps } from '@epione/protocol/verify'
import { ProofShape } from '@epione/ledger/proof'
import type { Proof, ProofState, ProofVerdict, VerifyOptions } from '@epione/ledger/proof'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { assembleProof, judgeShown, RANK, verifyFileOf } from '../access/proof.ts'
import { readErasure } from './erasure.ts'
import type { ErasureCertificate, ErasureNamed, ErasureShown } from './erasure.ts'

/** That the ledger took the order and each destruction, as anchored: in the order of the certificate's statements. */
export interface ErasureProofs { order: Proof, destructions: Proof[] }
export interface ProvenCertificate extends ErasureCertificate { proofs: ErasureProofs }
export interface ErasureCertified { shown: ErasureShown, certificate: ProvenCertificate, state: ProofState, warnings: string[] }

/**
 * The certificate of an erasure or withdrawal, with the proof of each of its statements by the anchored log, so that anybody verifies it
 * without the consortium. `state` is that of the one that is least far. @throws {ClientError} as `readErasure` does, and PROOF_FALSE
 */
export async function certifyErasure (context: PatientContext | PractitionerContext, wanted: ErasureNamed): Promise<ErasureCertified> {
  const { shown, certificate } = await readErasure(context, wanted)
  const { statements: { order, destructions }, networkId } = certificate
  const anchors = await askForAnchors(context, shown.orderId)
  const proofs = anchors.flatMap((anchor) => assembled(anchor, networkId)).sort((a, b) => RANK.indexOf(b.state) - RANK.indexOf(a.state))
  const pins = { pins: { networkId } }
  // The furthest that holds: no gateway keeps others from proving it by a false one.
  const find = async (kind: 'order' | 'destruction', { id }: StoredStatement): Promise<Proof> => {
    let refusal: Error | undefined
    for (const proof of proofs.filter(({ event }) => statementOf(event)?.['id'] === id)) {
      try {
        await judgeShown(kind, proof, pins)
        return proof
      } catch (error) {
        if (!(error instanceof Error)) throw error
        refusal ??= error
      }
    }
    if (refusal !== undefined) throw refusal
    throw new ClientError('PROOF_FALSE', `No gateway proves statement ${id}, which it shows.`, {
      party: { kind: 'gateway' }, anchorCode: 'EVENT_MISMATCH'
    })
  }
  const found: ErasureProofs = { order: await find('order', order), destructions: [] }
  for (const destruction of destructions) found.destructions.push(await find('destruction', destruction))
  const state = leastOf([found.order, ...found.destructions].map((proof) => proof.state))
  return {
    shown,
    certificate: { ...certificate, proofs: found },
    state,
    warnings: state === 'pending' ? ['Part of it is in no anchored batch yet: make the certificate again later.'] : []
  }
}

/** None of what holds no event. */
function assembled (anchor: EventAnchor, networkId: string): Proof[] {
  try {
    return [assembleProof(anchor, networkId)]
  } catch (error) {
    if (isClientError(error, 'PROOF_FALSE')) return []
    throw error
  }
}

/** Of a patient from two organisations, whichever is further on. */
async function askForAnchors (context: PatientContext | PractitionerContext, orderId: string): Promise<EventAnchor[]> {
  const ask = (gateway: GatewayApi): Promise<{ items: EventAnchor[] }> => gateway.lifetime.getOrderAnchors(orderId, authorizeAs(context))
  const answers = context.role === 'patient'
    ? (await context.gateways.askTwoReachable(ask)).answers.map(({ value }) => value)
    : [await ask(context.gateways.own)]
  return answers.flatMap(({ items }) => items)
}

/** The statement that such an event is of: an order's stands within it. */
function statementOf (event: Record<string, unknown>): Record<string, unknown> | undefined {
  const { order } = event
  return typeof order === 'object' && order !== null ? { ...order } : event
}

const leastOf = (states: readonly ProofState[]): ProofState => RANK[Math.min(...states.map((state) => RANK.indexOf(state)))] ?? 'pending'

const Certificate = Type.Object({
  format: Type.Literal('epione-erasure/1'),
  networkId: Hash,
  orderId: Hash,
  cause: Type.Enum(['erased', 'withdrawn']),
  patientId: PatientId,
  versions: Type.Array(Type.Object({ recordId: RecordId, version: Version, wrapHash: Hash })),
  destroyed: Type.Array(Type.Object({ mspId: MspId, backupsGoneBy: Type.Integer() })),
  pending: Type.Array(MspId),
  statements: Type.Object({ order: StoredStatement, destructions: Type.Array(StoredStatement) }),
  proofs: Type.Optional(Type.Object({ order: ProofShape, destructions: Type.Array(ProofShape) }))
})
type Certificate = Static<typeof Certificate>

type OfProofs = Pick<ProofVerdict, 'state' | 'networkId' | 'channel' | 'chaincode' | 'chain' | 'checks' | 'warnings'>
/** What a certificate shows to whoever trusts no hospital. */
export interface ErasureVerdict extends OfProofs {
  orderId: string
  cause: EndCause
  patientId: string
  versions: Certificate['versions']
  /** What each hospital signed, in which block and batch the ledger took it, and from when on (ms) its backups hold nothing of it. */
  destroyed: { mspId: string, backupsGoneBy: number, block: number, batch: number }[]
  /** Members that had not said so when it was made, as it says. */
  pending: string[]
}

/**
 * Verifies a certificate with nothing but itself and, where given, an RPC: signatures of all statements, that they say what it says, and
 * that the ledger took each. That the order is its patient's or author's, and each destruction its hospital's, the ledger judged when it
 * took them, and more than half of the witnesses signed that it did. @throws {ClientError} FILE_DAMAGED, PROOF_FALSE, PROOF_PENDING,
 * UNAVAILABLE
 */
export async function verifyErasure (value: unknown, options: VerifyOptions): Promise<ErasureVerdict> {
  const certificate = requireCertificate(value)
  const { networkId, orderId, cause, patientId, versions, destroyed, pending, statements, proofs } = certificate
  checkStatements(certificate)
  if (proofs === undefined) {
    throw new ClientError('PROOF_PENDING', 'The certificate was made without proofs: make it again with "epione record erasure".')
  }
  const pinned = { ...options, pins: { networkId, ...options.pins } }
  const order = await verifyFileOf('order', proofs.order, pinned)
  requireSame(order.event.order, statements.order)
  const ended = order.event.versions.map(({ recordId, version, wrapHash }) => ({ recordId, version, wrapHash }))
  requireSame(ended, isOfCompartments(statements.order) ? [] : versions)
  if (proofs.destructions.length !== destroyed.length) refuse('it does not have one proof for each destruction')
  const verdicts: ProofVerdict<'destruction'>[] = []
  for (const [i, proof] of proofs.destructions.entries()) {
    const verdict = await verifyFileOf('destruction', proof, pinned)
    requireSame(verdict.event, statements.destructions[i])
    requireSame([verdict.channel, verdict.chaincode], [order.channel, order.chaincode])
    verdicts.push(verdict)
  }
  const { channel, chaincode, chain, checks } = order
  return {
    state: (['signed', 'included', 'final'] as const).find((state) => [order, ...verdicts].some((v) => v.state === state)) ?? 'signed',
    networkId,
    channel,
    chaincode,
    chain,
    orderId,
    cause,
    patientId,
    versions,
    destroyed: destroyed.map(({ mspId, backupsGoneBy }, i) =>
      ({ mspId, backupsGoneBy, block: verdicts[i]?.block ?? 0, batch: verdicts[i]?.batch ?? 0 })),
    pending,
    checks: [
      'each statement is signed and says what the certificate says',
      ...checks.map((check) => `of the order and each destruction: ${check}`)
    ],
    warnings: [
      ...new Set([order, ...verdicts].flatMap(({ warnings }) => warnings)),
      'That there are no other hospitals than those named is as the certificate says.'
    ]
  }
}

/** @throws {ClientError} FILE_DAMAGED */
function requireCertificate (value: unknown): Certificate {
  if (Value.Check(Certificate, value)) return value
  const [fault] = Value.Errors(Certificate, value)
  const where = `${fault?.instancePath ?? ''} ${fault?.message ?? ''}`
  throw new ClientError('FILE_DAMAGED', `The certificate is damaged (${where}): get the file again.`, { damage: 'other-type' })
}

/** The statements say what stands beside them, each under the signature that it carries. @throws {ClientError} PROOF_FALSE */
function checkStatements (certificate: Certificate): void {
  const { networkId, orderId, cause, patientId, versions, destroyed, statements: { order, destructions } } = certificate
  const id = fromHex(networkId, 32)
  try {
    const opened = cause === 'erased' ? openStatement('Erasure', order.statement, id) : openStatement('Withdrawal', order.statement, id)
    if (opened.id !== orderId || order.id !== orderId) refuse('its order is another statement')
    if (opened.body.patientId !== patientId) refuse('its order is of another patient')
  } catch (error) {
    if (error instanceof Refusal) refuse(`its order: ${error.message}`, error)
    throw error
  }
  // Whose key it is the ledger judged when it took the statement; that it did is proven.
  const signers = destructions.map(({ submittedBy, statement: { signatures } }) =>
    ({ mspId: submittedBy, signingKey: signatures[0]?.key ?? '', formerSigningKeys: [] }))
  const ofCompartments = isOfCompartments(order)
  const proven = provenDestructions({ order, versions: ofCompartments ? [] : versions, destructions }, signers, new StatementReader(id))
  if (ofCompartments) for (const { wraps } of proven) requireSame(wraps, tallyWraps(versions))
  const said = proven.map(({ mspId, backupsGoneBy }) => ({ mspId, backupsGoneBy }))
  if (proven.length !== destructions.length) refuse('a destruction in it is not signed, or not of this order')
  requireSame(said, destroyed.map(({ mspId, backupsGoneBy }) => ({ mspId, backupsGoneBy })))
  requireSame(proven.map(({ stored }) => stored.id), destructions.map((stored) => stored.id))
}

/** Of whole compartments, of which each hospital tells by a tally what it found there. */
function isOfCompartments ({ statement: { body } }: StoredStatement): boolean {
  return 'compartments' in (JSON.parse(body) as object)
}

function requireSame (shown: unknown, wanted: unknown): void {
  if (canonicalize(shown ?? null) !== canonicalize(wanted ?? null)) refuse('what is proven is not what it says')
}

function refuse (why: string, cause?: unknown): never {
  throw new ClientError('PROOF_FALSE', `The certificate does not hold: ${why}.`, { anchorCode: 'EVENT_MISMATCH' }, { cause })
}

/** True for what calls itself such a certificate. */
export function isErasureCertificate (value: Readonly<Record<string, unknown>>): boolean {
  return value['format'] === 'epione-erasure/1'
}
