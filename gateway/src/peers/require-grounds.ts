import type { FastifyInstance } from 'fastify'
import { openSession } from '../auth/sessions.ts'
import { GatewayError } from '../errors.ts'
import { currentRecord, requireOwnerOrHeir } from '../records/read-grounds.ts'

/** Why the calling gateway says that it may have a ciphertext or wrap. */
export interface ClaimedGrounds { event?: string, session?: string, recordId?: string, version?: number }

/** Bytes of a record version: its content's CID, and the hash of its wrap in force. */
export interface RecordBytes { cid: string, wrapHash: string }

/**
 * Judges whether another organisation's gateway may have a record version's bytes: by a live permit of its own staff that
 * names it (proven as for a cfrag), by a session that its patient signed for that gateway, or as the record's origin.
 * @throws {GatewayError} NOT_PERMITTED, and what `verifyPermit` and `openSession` throw
 */
export async function requireGrounds (app: FastifyInstance, caller: string, grounds: ClaimedGrounds, isWanted: (bytes: RecordBytes) => boolean): Promise<void> {
  const { event, recordId, version } = grounds
  if (event !== undefined) {
    const permit = await app.proxy.provePermit(event, caller)
    if (!permit.records.some(({ manifest, event: { wrapHash } }) => isWanted({ cid: manifest.cid, wrapHash }))) throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
    return
  }
  if (recordId === undefined || version === undefined) throw new GatewayError('NOT_PERMITTED', 'name the access event that permits it, or the record version')
  const { owner, record: { wrapHash, origin }, cid } = currentRecord(await app.ledger.gateway.getRecord(recordId, version))
  if (!isWanted({ cid, wrapHash })) throw new GatewayError('NOT_PERMITTED', 'the record version is another')
  if (grounds.session !== undefined) await requirePatient(app, caller, grounds.session, owner)
  else if (origin !== caller) throw new GatewayError('NOT_PERMITTED', `the record was not registered by ${caller}`)
}

/** The session was signed for the calling gateway, which has used it up; here it only shows who asks there. */
async function requirePatient (app: FastifyInstance, caller: string, session: string, owner: string): Promise<void> {
  const audience = app.ports.network.organizations.find((organization) => organization.mspId === caller)?.gatewayUrl ?? ''
  const { context: { reader } } = app.proxy
  const { patientId } = await openSession({ ledger: app.ledger.gateway, reads: app.currentReads, reader, networkId: app.networkId, audience, clock: app.ports.clock }, session)
  await requireOwnerOrHeir(app, patientId, owner)
}
