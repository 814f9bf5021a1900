import { base64 } from '@scure/base'
import { VerificationError, verifyProofOf } from '@epione/ledger/proof'
import { parseEventPayload, readEnvelope } from '@epione/ledger/blocks'
import type { Proof, ProofState, ProofVerdict, ProvenKind, VerifyOptions } from '@epione/ledger/proof'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { networkIdHex } from '../context/context.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { EventAnchor } from '@epione/protocol/api'
import { authorizeAs } from '../context/session.ts'

export interface ProofMade { eventId: string, state: ProofState, proof: Proof, warnings?: string[] }

/** How far an event has come, in order. */
export const RANK: readonly ProofState[] = ['pending', 'submitted', 'included', 'final']

/**
 * Fetches what proves one access event and verifies it before anybody relies on it. A patient's client asks two organisations and
 * takes what is further on; while no batch holds the event, the proof says `pending`. @throws {ClientError} PROOF_FALSE
 */
export async function makeProof (context: PatientContext | PractitionerContext | TokenContext, eventId: string): Promise<ProofMade> {
  const ask = (gateway: GatewayApi): Promise<EventAnchor> => gateway.getEventAnchor(eventId, authorizeAs(context))
  const answers = context.role === 'patient'
    ? (await context.gateways.askTwoReachable(ask)).answers.map(({ value }) => value)
    : [await ask(context.gateways.own)]
  const [furthest] = answers.sort((a, b) => RANK.indexOf(b.state) - RANK.indexOf(a.state))
  if (furthest === undefined) throw new ClientError('UNAVAILABLE', 'No gateway could be asked.')
  const proof = assembleProof(furthest, networkIdHex(context))
  const verdict = await judgeShown('access', proof, { pins: { networkId: networkIdHex(context) } })
  const event = proof.event['eventId']
  if (event !== eventId) {
    throw new ClientError('PROOF_FALSE', `The gateway proves event ${String(event)}, not ${eventId}.`, {
      party: { kind: 'gateway' },
      anchorCode: 'EVENT_MISMATCH'
    })
  }
  return {
    eventId,
    state: proof.state,
    proof,
    ...verdict === undefined
      ? { warnings: ['The event is in no anchored batch yet: ask again later. Until then Fabric alone vouches for it.'] }
      : {}
  }
}

/** Verifies what a gateway gives as a proof; undefined while it is pending. @throws {ClientError} PROOF_FALSE, UNAVAILABLE */
export async function judgeShown<K extends ProvenKind> (
  kind: K, proof: unknown, options: VerifyOptions
): Promise<ProofVerdict<K> | undefined> {
  try {
    return await verifyFileOf(kind, proof, options)
  } catch (error) {
    if (isClientError(error, 'PROOF_PENDING')) return undefined
    // No file was handed on here: the gateway gives this itself.
    if (isClientError(error, 'FILE_DAMAGED')) {
      throw new ClientError('ANSWER_MALFORMED', `The gateway gives no proof: ${error.message}`, {
        ...error.details,
        party: { kind: 'gateway' }
      }, { cause: error })
    }
    throw error
  }
}

/** Verifies the proof of an access event, as `verifyFileOf` does. @throws {ClientError} */
export async function verifyProofFile (proof: unknown, options: VerifyOptions): Promise<ProofVerdict> {
  return await verifyFileOf('access', proof, options)
}

/**
 * Verifies a proof with nothing but itself and, where given, an RPC. @throws {ClientError} PROOF_FALSE with the verifier's code,
 * FILE_DAMAGED for what is no proof, PROOF_PENDING, UNAVAILABLE
 */
export async function verifyFileOf<K extends ProvenKind> (kind: K, proof: unknown, options: VerifyOptions): Promise<ProofVerdict<K>> {
  try {
    return await verifyProofOf(kind, proof, options)
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error
    const details = { anchorCode: error.code }
    if (error.code === 'PROOF_PENDING') throw new ClientError('PROOF_PENDING', error.message, details, { cause: error })
    if (error.code === 'PROOF_MALFORMED') throw new ClientError('FILE_DAMAGED', error.message, details, { cause: error })
    // Of a chain that nobody demanded, it is the RPC that is another's.
    if (error.code === 'CHAIN_MISMATCH' && options.pins?.chainId === undefined) {
      throw new ClientError('USAGE', error.message, details, { cause: error })
    }
    if (error.code === 'RPC_UNUSABLE') throw new ClientError('UNAVAILABLE', error.message, details, { cause: error })
    throw new ClientError('PROOF_FALSE', error.message, details, { cause: error })
  }
}

/** The proof that a gateway's answer makes; `judgeShown` tells whether it holds. @throws {ClientError} PROOF_FALSE */
export function assembleProof (
  { envelope = '', item, transaction, block, batch, witnesses, signatures, chain, state }: EventAnchor,
  networkId: string
): Proof {
  const { batchPath, ...header } = block
  const isSigned = batch !== undefined &&
    witnesses !== undefined &&
    chain !== undefined &&
    signatures !== undefined &&
    signatures.length > 0
  return {
    version: 'epione-proof/1',
    networkId,
    state: isSigned ? state : 'pending',
    ...item === undefined ? { event: readEvent(envelope), envelope } : showItem(item),
    transaction: { index: transaction.index, code: transaction.code, path: transaction.txPath },
    block: header,
    ...isSigned && { anchor: { batch, batchPath, witnesses, signatures, chain } }
  }
}

const showItem = ({ event, ...item }: NonNullable<EventAnchor['item']>): Pick<Proof, 'event' | 'item'> => ({ event, item })

function readEvent (envelope: string): Record<string, unknown> {
  try {
    const payload = readEnvelope(base64.decode(envelope))?.event?.payload
    return parseEventPayload(payload ?? new Uint8Array()) as Record<string, unknown>
  } catch (error) {
    throw new ClientError('PROOF_FALSE', 'The gateway gives an envelope that holds no event.', {
      party: { kind: 'gateway' },
      anchorCode: 'EVENT_MISMATCH'
    }, { cause: error })
  }
}
