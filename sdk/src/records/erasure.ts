import { causeOf, DESTRUCTION_DUE_MS, wrapNameOf } from '@epione/protocol'
import type { EndCause, Erasure, RecordOrder, StoredStatement } from '@epione/protocol'
import { openStatement, provenDestructions, StatementReader, tallyKfrags, tallyWraps } from '@epione/protocol/verify'
import type { ProvenDestruction, Tally } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { currentTime, networkIdHex } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { authorizeAs } from '../context/session.ts'
import { listProvenConsents, readConsortium } from '../consents/consent.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { together } from '../gateways/together.ts'
import { readManifests, readVerified } from './record-read.ts'
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
  /** Members that have not said so yet, and those of them that should have. */
  pending: string[]
  overdue: string[]
  /** Members that say it of whole compartments and found other records or kfrags there than the patient sees: they count as pending. */
  differing?: string[]
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

/** An order by its id, which erasing answers with, or one of the versions that it ended. */
export type ErasureNamed = RecordNamed | { orderId: string }

/**
 * Reads what hospitals say that they destroyed of a record version, or by an order, and proves all of it: the order is its patient's or
 * author's, each destruction is signed by the proxy of the hospital that it names. Of whole compartments a hospital counts when what it
 * found there is what the patient sees. @throws {ClientError} NOT_FOUND when the version was not ended, ORGANIZATIONS_DIFFER,
 * MANIFEST_INVALID
 */
export async function readErasure (
  context: Reader,
  wanted: ErasureNamed
): Promise<{ shown: ErasureShown, certificate: ErasureCertificate }> {
  const orderId = 'orderId' in wanted ? wanted.orderId : await findOrder(context, wanted)
  const [{ order, shownBy }, { organizations, memberMspIds }] = await together(askForOrder(context, orderId), readConsortium(context))
  const found = order.versions.length === 0 ? await findErased(context, order) : undefined
  if (found === undefined) await requireAllEnded(context, order)
  const versions = found?.versions ?? order.versions
  const proxies = organizations.map(({ mspId, signingKey, formerSigningKeys }) =>
    ({ mspId, signingKey: signingKey.toHex(), formerSigningKeys }))
  const said = provenDestructions(order, proxies, new StatementReader(context.networkId))
  const proven = said.filter((destruction) => found?.agrees(destruction) ?? true)
  const differing = said.filter((destruction) => !proven.includes(destruction)).map(({ mspId }) => mspId)
  const destroyed = proven.map(({ mspId, backupsGoneBy, stored: { time, txId } }) =>
    ({ mspId, name: organizations.find((o) => o.mspId === mspId)?.name ?? mspId, time, txId, backupsGoneBy }))
  const pending = memberMspIds.filter((mspId) => !destroyed.some((d) => d.mspId === mspId))
  const { time, txId } = order.order
  const { patientId } = JSON.parse(order.order.statement.body) as { patientId: string }
  const shown: ErasureShown = {
    orderId,
    cause: causeOf(order.order),
    patientId,
    time,
    txId,
    versions,
    destroyed,
    pending,
    overdue: currentTime(context) > time + DESTRUCTION_DUE_MS ? pending : [],
    ...(differing.length > 0 && { differing }),
    complete: pending.length === 0,
    shownBy
  }
  const statements = { order: order.order, destructions: proven.map(({ stored }) => stored) }
  return { shown, certificate: { format: 'epione-erasure/1', networkId: networkIdHex(context), ...shown, statements } }
}

async function findOrder (context: Reader, wanted: RecordNamed): Promise<string> {
  const { body: { version }, end } = await readVerified(context, wanted)
  if (end !== undefined) return end.id
  throw new ClientError('NOT_FOUND', `Version ${version} of record ${wanted.recordId} was neither erased nor withdrawn.`)
}

interface Erased { versions: ErasureShown['versions'], agrees: (said: ProvenDestruction) => boolean }

/** What whole compartments held, as the patient sees it: every version that the order ended, and all kfrags that consents list there. */
async function findErased (context: Reader, { order }: RecordOrder): Promise<Erased> {
  if (context.role !== 'patient') throw new ClientError('REFUSED', 'Only its patient is shown what an erasure of whole compartments ended.')
  const { compartments = [], patientId } = judgedBy(context, order)
  if (patientId !== context.patientId) throw new ClientError('MANIFEST_INVALID', 'The order shown is of another patient.', { party: { kind: 'gateway' } })
  const [{ manifests }, consents] = await together(readManifests(context, patientId), listProvenConsents(context))
  const versions = manifests.filter(({ end }) => end?.id === order.id)
    .map((record) => ({ recordId: record.body.recordId, version: record.body.version, wrapHash: wrapNameOf(record) }))
  const within = consents.flatMap(({ body }) => body.compartments)
    .filter((at) => compartments.some(({ label, epoch }) => at.label === label && at.epoch <= epoch))
  const wraps = tallyWraps(versions)
  const kfragsOf = (mspId: string): Tally =>
    tallyKfrags(within.flatMap(({ shares }) => shares.filter((share) => share.mspId === mspId).map(({ kfragId }) => kfragId)))
  const isSame = (a: Tally | undefined, b: Tally): boolean => a?.count === b.count && a.root === b.root
  return { versions, agrees: (said) => isSame(said.wraps, wraps) && isSame(said.kfrags, kfragsOf(said.mspId)) }
}

/** The patient's own signed order. @throws {ClientError} MANIFEST_INVALID */
function judgedBy (context: PatientContext, order: StoredStatement): Erasure {
  return judged({ kind: 'gateway', mspId: context.gateways.own.info.mspId }, () => openStatement('Erasure', order.statement, context.networkId)).body
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
