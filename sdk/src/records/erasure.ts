import { causeOf, wrapNameOf } from '@epione/protocol'
import type { EndCause, RecordOrder, StoredStatement } from '@epione/protocol'
import { provenDestructions, StatementReader } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { networkIdHex } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { readConsortium } from '../consents/consent.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { together } from '../gateways/together.ts'
import { readVerified } from './record-read.ts'
import type { RecordNamed } from './record-end.ts'

type Reader = PatientContext | PractitionerContext

/** What one hospital signed that it destroyed, where that is on the ledger, and from when on (ms) its backups hold nothing of it. */
export interface HospitalDestruction { mspId: string, name: string, time: number, txId: string, backupsGoneBy: number }

/** How far the destruction of erased or withdrawn record versions is: every line proven by the hospital's own signature. */
export interface ErasureShown {
  orderId: string
  cause: EndCause
  patientId: string
  time: number
  txId: string
  versions: Array<{ recordId: string, version: number, wrapHash: string }>
  destroyed: HospitalDestruction[]
  /** Members that have not said so yet. */
  pending: string[]
  complete: boolean
  /** Organisations whose gateways showed it. */
  shownBy: string[]
}

/** For the patient to keep: what was destroyed by whom, with the signed statements as the ledger has them, which prove it by themselves. */
export interface ErasureCertificate extends ErasureShown {
  format: 'epione-erasure/1'
  networkId: string
  statements: { order: StoredStatement, destructions: StoredStatement[] }
}

/**
 * Reads what hospitals say that they destroyed of a record version and proves all of it: the order is its patient's or author's, each
 * destruction is signed by the proxy of the hospital that it names. @throws {ClientError} NOT_FOUND when the version was not ended,
 * ORGANIZATIONS_DIFFER, MANIFEST_INVALID
 */
export async function readErasure (
  context: Reader,
  wanted: RecordNamed
): Promise<{ shown: ErasureShown, certificate: ErasureCertificate }> {
  const record = await readVerified(context, wanted)
  const { end } = record
  if (end === undefined) {
    throw new ClientError('NOT_FOUND', `Version ${record.body.version} of record ${wanted.recordId} was neither erased nor withdrawn.`)
  }
  const [{ order, shownBy }, { organizations, memberMspIds }] = await together(askForOrder(context, end.id), readConsortium(context))
  await requireAllEnded(context, order)
  const proxies = organizations.map(({ mspId, signingKey, formerSigningKeys }) =>
    ({ mspId, signingKey: signingKey.toHex(), formerSigningKeys }))
  const proven = provenDestructions(order, proxies, new StatementReader(context.networkId))
  const destroyed = proven.map(({ mspId, backupsGoneBy, stored: { time, txId } }) =>
    ({ mspId, name: organizations.find((o) => o.mspId === mspId)?.name ?? mspId, time, txId, backupsGoneBy }))
  const pending = memberMspIds.filter((mspId) => !destroyed.some((d) => d.mspId === mspId))
  const { time, txId } = order.order
  const shown: ErasureShown = {
    orderId: end.id,
    cause: causeOf(order.order),
    patientId: record.owner,
    time,
    txId,
    versions: order.versions,
    destroyed,
    pending,
    complete: pending.length === 0,
    shownBy
  }
  const statements = { order: order.order, destructions: proven.map(({ stored }) => stored) }
  return { shown, certificate: { format: 'epione-erasure/1', networkId: networkIdHex(context), ...shown, statements } }
}

/** A patient asks two organisations and takes what either shows of destructions; what they were ordered to destroy must be the same. */
async function askForOrder (context: Reader, orderId: string): Promise<{ order: RecordOrder, shownBy: string[] }> {
  const ask = (gateway: GatewayApi): Promise<RecordOrder> => gateway.lifetime.getOrder(orderId, authorizeAs(context))
  const answers = context.role === 'patient'
    ? (await context.gateways.askTwoReachable(ask)).answers
    : [{ gateway: context.gateways.own, value: await ask(context.gateways.own) }]
  const shownBy = answers.map(({ gateway }) => gateway.info.mspId)
  const [first, second] = answers.map(({ value }) => value)
  if (first?.order.id !== orderId) {
    throw new ClientError('ECHO_MISMATCH', 'The gateway answers with another order than was asked for.', {
      party: { kind: 'gateway', ...(shownBy[0] === undefined ? {} : { mspId: shownBy[0] }) }
    })
  }
  if (second !== undefined && JSON.stringify([first.order.id, first.versions]) !== JSON.stringify([second.order.id, second.versions])) {
    throw new ClientError('ORGANIZATIONS_DIFFER', `Two organisations show order ${orderId} differently.`, {
      party: { kind: 'organizations', mspIds: shownBy }
    })
  }
  return { order: { ...first, destructions: [...first.destructions, ...second?.destructions ?? []] }, shownBy }
}

/** Each version that the order lists carries it as its own end, with the wrap, or the root of the segment, that is said to be destroyed. */
async function requireAllEnded (context: Reader, { order, versions }: RecordOrder): Promise<void> {
  await Promise.all(versions.map(async ({ recordId, version, wrapHash }) => {
    const record = await readVerified(context, { recordId, version })
    if (record.end?.id === order.id && wrapNameOf(record) === wrapHash) return
    throw new ClientError('MANIFEST_INVALID', `The order shown did not end version ${String(version)} of record ${recordId}.`, {
      party: { kind: 'gateway' }
    })
  }))
}
