import { checkStatementBody } from '@epione/chaincode/model'
import type { RecordManifest } from '@epione/chaincode/model'
import type { FastifyInstance } from 'fastify'
import { openSession } from '../auth/sessions.ts'
import { GatewayError } from '../errors.ts'

/** Why the calling gateway says that it may have a ciphertext or wrap. */
export interface ClaimedGrounds { event?: string, session?: string, recordId?: string, version?: number }

/**
 * Judges whether another organisation's gateway may have what a manifest describes: by a live permit of its own staff that
 * names it (proven as for a cfrag), by a session that its patient signed for that gateway, or as the record's origin.
 * @throws {GatewayError} NOT_PERMITTED, and what `verifyPermit` and `openSession` throw
 */
export async function requireGrounds (app: FastifyInstance, caller: string, grounds: ClaimedGrounds, describes: (manifest: RecordManifest) => boolean): Promise<void> {
  const { event, recordId, version } = grounds
  if (event !== undefined) {
    const permit = await app.proxy.provePermit(event, caller)
    if (!permit.records.some((record) => describes(record.manifest))) throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
    return
  }
  if (recordId === undefined || version === undefined) throw new GatewayError('NOT_PERMITTED', 'name the access event that permits it, or the record version')
  const { manifest } = await app.ledger.gateway.getRecord(recordId, version)
  const body = checkStatementBody('RecordManifest', JSON.parse(manifest.statement.body))
  if (!describes(body)) throw new GatewayError('NOT_PERMITTED', 'the record version is another')
  if (grounds.session !== undefined) await requirePatient(app, caller, grounds.session, body.patientId)
  else if (manifest.submittedBy !== caller) throw new GatewayError('NOT_PERMITTED', `the record was not registered by ${caller}`)
}

/** The session was signed for the calling gateway, which has used it up; here it only shows who asks there. */
async function requirePatient (app: FastifyInstance, caller: string, session: string, patientId: string): Promise<void> {
  const audience = app.ports.network.organizations.find((organization) => organization.mspId === caller)?.gatewayUrl ?? ''
  const opened = await openSession({ ledger: app.ledger.gateway, networkId: app.networkId, audience, clock: app.ports.clock }, session)
  if (opened.patientId !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
}
