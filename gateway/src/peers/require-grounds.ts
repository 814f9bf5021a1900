import { hasContent } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { openSession, spendSession } from '../http/sessions.ts'
import { GatewayError } from '../errors.ts'
import type { ContentName } from '../records/content-of.ts'
import { currentRecord, requireOwnerOrHeir } from '../records/read-grounds.ts'
import { requireLive } from '../records/require-live.ts'
import type { WrapSubject } from '../records/wraps.ts'

/** Why the calling gateway says that it may have a ciphertext or wrap. */
export interface ClaimedGrounds { event?: string, session?: string, recordId?: string, version?: number }

/** A record version whose bytes may be served: its content's name, and the hash of its wrap in force. */
export interface GroundedRecord extends ContentName { wrapHash: string }

/**
 * Judges whether another organisation's gateway may have a record version's bytes: by a live permit of its own staff that
 * names it (proven as for a cfrag), by a session that its patient signed for that gateway and this record version, or as
 * the record's origin. The content is then found by the record version, never by CID alone.
 * @throws {GatewayError} NOT_PERMITTED, RECORD_ENDED, and what `verifyPermit` and `openSession` throw
 */
export async function requireGrounds (
  app: FastifyInstance,
  caller: string,
  grounds: ClaimedGrounds,
  isWanted: (bytes: GroundedRecord) => boolean
): Promise<GroundedRecord> {
  const { event, recordId, version } = grounds
  if (event !== undefined) {
    const { records } = await app.proxy.provePermit(event, caller)
    const named = records.flatMap(({ event: { wrapHash }, manifest, authorKey }) =>
      wrapHash === undefined || !hasContent(manifest) ? [] : [{ ...manifest, wrapHash, authorKey }]).find(isWanted)
    if (named === undefined) throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
    return named
  }
  if (recordId === undefined || version === undefined) {
    throw new GatewayError('NOT_PERMITTED', 'name the access event that permits it, or the record version')
  }
  const state = await app.ledger.gateway.getRecord(recordId, version)
  const { owner, record: { wrapHash, origin }, cid, authorKey } = currentRecord(state)
  if (wrapHash === undefined || cid === undefined) throw new GatewayError('NOT_PERMITTED', 'the record version is a segment, and has no content of its own')
  const named = { recordId, version, wrapHash, cid, authorKey }
  if (!isWanted(named)) throw new GatewayError('NOT_PERMITTED', 'the record version is another')
  await requireParty(app, caller, { session: grounds.session, owner, recordId, version, origin })
  requireLive(state)
  return named
}

/**
 * The same of the windows of a segment, whose permit is proven once and then kept in mind for a moment: pages are many.
 * @throws {GatewayError} as `requireGrounds`
 */
export async function requireSegmentGrounds (
  app: FastifyInstance, caller: string, { event, session, recordId, version }: Required<Pick<ClaimedGrounds, 'recordId' | 'version'>> & ClaimedGrounds
): Promise<void> {
  if (event !== undefined) {
    const { records } = await app.proxy.recallPermit(event, caller)
    if (records.some(({ event: named }) => named.recordId === recordId && named.version === version && named.segment !== undefined)) return
    throw new GatewayError('NOT_PERMITTED', 'the access event does not name this segment')
  }
  const state = await app.ledger.gateway.getRecord(recordId, version)
  const { owner, record: { segment, origin } } = currentRecord(state)
  if (segment === undefined) throw new GatewayError('NOT_PERMITTED', 'the record version is no segment')
  await requireParty(app, caller, { session, owner, recordId, version, origin })
  requireLive(state)
}

/** The patient, by a session for this record version, or the organisation that registered it. */
async function requireParty (
  app: FastifyInstance,
  caller: string,
  { session, origin, ...record }: { session: string | undefined, origin: string, owner: string, recordId: string, version: number }
): Promise<void> {
  if (session !== undefined) await requirePatient(app, caller, { session, ...record })
  else if (origin !== caller) throw new GatewayError('NOT_PERMITTED', `the record was not registered by ${caller}`)
}

/**
 * The same of a wrap: a live permit to search names those of search keys. Returns what it may be served for. @throws {GatewayError} as
 * `requireGrounds`
 */
export async function requireWrapGrounds (
  app: FastifyInstance, caller: string, grounds: ClaimedGrounds, wrapHash: string
): Promise<WrapSubject[]> {
  if (grounds.event !== undefined) {
    const { event: { records, compartments = [], patientId } } = await app.proxy.provePermit(grounds.event, caller)
    const named = records.filter((record) => record.wrapHash === wrapHash)
    if (compartments.some((compartment) => compartment.wrapHash === wrapHash)) return [{ patientId }]
    if (named.length > 0) return named
    throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
  }
  return [await requireGrounds(app, caller, grounds, (bytes) => bytes.wrapHash === wrapHash)]
}

/** The session was signed for the calling gateway, to be shown here once, for this record version alone. */
async function requirePatient (
  app: FastifyInstance,
  caller: string,
  { session, owner, recordId, version }: { session: string, owner: string, recordId: string, version: number }
): Promise<void> {
  const audience = app.ports.network.organizations.find((organization) => organization.mspId === caller)?.gatewayUrl ?? ''
  const opened = await openSession(
    {
      ledger: app.ledger.gateway,
      reads: app.currentReads,
      origin: `peer ${caller}`,
      proxy: app.proxy,
      networkId: app.networkId,
      audience,
      clock: app.ports.clock,
      devices: app.windows.devices
    },
    session
  )
  if (opened.deviceId !== undefined) throw new GatewayError('NOT_PERMITTED', 'a device reads nothing')
  if (opened.inStead?.as === 'delegate') throw new GatewayError('NOT_PERMITTED', 'a limited key reads no record')
  if (opened.record?.recordId !== recordId || opened.record.version !== version) {
    throw new GatewayError('SESSION_INVALID', 'the patient did not sign this session for that record version')
  }
  await requireOwnerOrHeir(app, opened.patientId, owner)
  await spendSession(app.store, opened)
}
