import { checkSchema, LedgerError, SESSION_LIFE_MS, SignedStatement, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { DelegatePower, Session } from '@epione/protocol'
import { Refusal, verifyDirectory } from '@epione/protocol/verify'
import type { StatementReader, VerifiedDirectory } from '@epione/protocol/verify'
import type { LedgerClient } from '@epione/ledger/client'
import { GatewayError } from '../errors.ts'
import type { Actor } from '../proxy/actor-ends.ts'
import type { Proxy } from '../proxy/proxy.ts'
import type { InStead } from './caller.ts'
import type { SharedReads } from './shared-reads.ts'
import { checkStatement } from '../ledger/statements.ts'
import type { Store } from '../store/store.ts'

/** What judging a session needs. */
export interface SessionContext {
  ledger: LedgerClient
  reads: SharedReads
  /** Where the session comes from. */ origin: string
  proxy: {
    context: { reader: StatementReader }
    freezes: Pick<Proxy['freezes'], 'isFrozen'>
    actorEnds: Pick<Proxy['actorEnds'], 'requireInForce'>
  }
  networkId: Uint8Array
  audience: string
  clock: () => number
  /** Devices that may write now. */
  devices: {
    find: (patientId: string, deviceId: string) => Promise<{ key: string }>
    /** One that is known already, for which the ledger need not be asked. */
    recall: (patientId: string, deviceId: string) => Promise<{ key: string }> | undefined
  }
}

/**
 * A session that opens one request of its patient, `inStead` when a representative or a limited key signed it; `record` is the version for
 * which its audience may show it to other gateways.
 */
export interface OpenedSession {
  patientId: string
  statementId: string
  notAfter: number
  inStead?: InStead
  /** What its limited key may do. */
  powers?: readonly DelegatePower[]
  /** The device whose key signed it: it speaks for nothing but its own streams. */
  deviceId?: string
  record?: { recordId: string, version: number }
}

/**
 * Judges `base64url(JSON SignedStatement)`: audience, life, and the signature by the patient's identity key in force, proven from the
 * patient id on, or by the key of a representative in force.
 * @throws {GatewayError} SESSION_INVALID, SESSION_EXPIRED, FEATURE_INACTIVE @throws {LedgerError} PATIENT_FROZEN, REPRESENTATION_ENDED,
 * DELEGATE_ENDED
 */
export async function openSession (context: SessionContext, value: string): Promise<OpenedSession> {
  return await judgeSession(context, value, (body) => { refuseLifetime(body, context.clock()) })
}

/**
 * Judges the session of a request that goes on for long again: its time to open one is over, but its key must still be the patient's, and
 * its representation in force. @throws what `openSession` throws but for its time
 */
export async function requireStillOpen (context: SessionContext, value: string): Promise<void> {
  await judgeSession(context, value, () => undefined)
}

async function judgeSession (context: SessionContext, value: string, judgeTime: (body: Session) => void): Promise<OpenedSession> {
  const { id, body, signers } = checkStatement('Session', parseSession(value), context.networkId)
  judgeTime(body)
  if (body.audience !== context.audience) throw new GatewayError('SESSION_INVALID', 'the session was signed for another gateway')
  const { patientId, notAfter, record, as } = body
  const opened = { patientId, statementId: id, notAfter, ...(record === undefined ? {} : { record }) }
  if (as?.kind === 'device') {
    await requireDeviceKey(context, patientId, as.deviceId, signers)
    return { ...opened, deviceId: as.deviceId }
  }
  const { identityKey, representations, delegates } = await readDirectory(context, patientId)
  if (as?.kind === 'delegate') {
    const delegate = delegates.find((d) => d.id === as.delegateId && signers.join() === d.key)
    if (delegate === undefined) {
      throw new GatewayError('SESSION_INVALID', 'the session is not signed by that limited key alone, or the ledger has no such key')
    }
    await requireInStead(context, patientId, delegate, 'delegate')
    return { ...opened, inStead: { as: 'delegate', id: delegate.id }, powers: delegate.powers }
  }
  if (signers.join() === identityKey) return opened
  const representation = signers.length === 1 ? representations.find((r) => r.representativeKey === signers[0]) : undefined
  if (representation === undefined) {
    throw new GatewayError('SESSION_INVALID', 'the session is not signed by the patient\'s identity key alone, or a representative of theirs')
  }
  await requireInStead(context, patientId, representation, 'representative')
  return { ...opened, inStead: { as: 'representative', id: representation.id } }
}

/** Uses up a session. @throws {GatewayError} SESSION_REPLAYED when it has opened a request before. */
export async function spendSession ({ commits }: Pick<Store, 'commits'>, { statementId, notAfter }: OpenedSession): Promise<void> {
  const spent = await commits.run(async (trx) => await trx.insertInto('sessions').values({ statement_id: statementId, expires_at: notAfter })
    .onConflict((c) => c.doNothing()).executeTakeFirst())
  if (spent.numInsertedOrUpdatedRows !== 1n) {
    throw new GatewayError('SESSION_REPLAYED', 'this session has opened a request already: sign a fresh one for each')
  }
}

function parseSession (value: string): SignedStatement {
  try {
    return checkSchema(SignedStatement, JSON.parse(Buffer.from(value, 'base64url').toString()), 'session')
  } catch (cause) {
    throw new GatewayError('SESSION_INVALID', 'the session is not base64url of a signed statement', { cause })
  }
}

function refuseLifetime ({ issuedAt, notAfter }: Session, now: number): void {
  if (notAfter < issuedAt || notAfter - issuedAt > SESSION_LIFE_MS) {
    throw new GatewayError('SESSION_INVALID', `a session may live ${SESSION_LIFE_MS} ms at most`)
  }
  if (issuedAt > now + TIMESTAMP_TOLERANCE_MS) {
    throw new GatewayError('SESSION_INVALID', 'the session was signed in the future: set the clock')
  }
  if (now > notAfter) throw new GatewayError('SESSION_EXPIRED', 'the session has expired: sign a fresh one')
}

/**
 * In force by this gateway's clock, with no end that a peer shows or a block has shown, and with no freeze: what stops everything stops
 * whoever reads in the patient's stead. @throws {LedgerError} REPRESENTATION_ENDED, DELEGATE_ENDED, PATIENT_FROZEN
 */
async function requireInStead (
  { ledger, reads, origin, proxy, clock }: SessionContext, patientId: string, actor: Actor, as: InStead['as']
): Promise<void> {
  await proxy.actorEnds.requireInForce(patientId, actor, as, clock())
  const standing = await reads.read(`standing ${patientId}`, origin, () => ledger.getStanding(patientId))
  if (standing.freeze === undefined && !await proxy.freezes.isFrozen(patientId)) return
  throw new LedgerError('PATIENT_FROZEN', `patient ${patientId} is frozen: nobody reads in the patient's stead until that ends`)
}

/** @throws {GatewayError} SESSION_INVALID @throws {LedgerError} DEVICE_ENDED and what else keeps a device from writing */
async function requireDeviceKey (
  { devices, reads, origin }: SessionContext, patientId: string, deviceId: string, signers: readonly string[]
): Promise<void> {
  try {
    // A made-up device costs reads of the ledger, which wait in the line of their address.
    const read = async (): Promise<{ key: string }> => await devices.find(patientId, deviceId)
    const { key } = await (devices.recall(patientId, deviceId) ?? reads.read(`writer ${patientId} ${deviceId}`, origin, read))
    if (signers.join() !== key) throw new GatewayError('SESSION_INVALID', 'the session is not signed by the device\'s key alone')
  } catch (cause) {
    if (cause instanceof LedgerError && ['DEVICE_UNKNOWN', 'PATIENT_UNKNOWN'].includes(cause.code)) {
      throw new GatewayError('SESSION_INVALID', 'the ledger has no such device', { cause })
    }
    throw cause
  }
}

/** No ledger state can pass off another key: a new one bears the signature of the one before. */
async function readDirectory ({ ledger, reads, origin, proxy }: SessionContext, patientId: string): Promise<VerifiedDirectory> {
  try {
    return verifyDirectory(
      await reads.read(`directory ${patientId}`, origin, () => ledger.getDirectory(patientId)),
      patientId,
      proxy.context.reader
    )
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === 'PATIENT_UNKNOWN') {
      throw new GatewayError('SESSION_INVALID', 'the ledger has no such patient', { cause })
    }
    if (cause instanceof Refusal) {
      throw new GatewayError('SESSION_INVALID', 'the directory on the ledger does not belong to the patient id', { cause })
    }
    throw cause
  }
}
