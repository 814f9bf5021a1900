import { statementId } from '@epione/crypto'
import { adminOf } from '@epione/protocol'
import type { OrganizationKeys } from '@epione/protocol'
import { openAdminStatement } from '@epione/protocol/verify'
import { networkIdHex } from '../context/context.ts'
import type { ClientContext } from '../context/context.ts'
import { judgedWith, refuse } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { readNetworkDocument } from '../keys/network.ts'
import { signStatementOfAdmin } from '../network/governance.ts'
import type { AdminContext } from '../network/governance.ts'

export interface EmergencyKeyShown { mspId: string, version: number, emergencyKey: string, statementId: string }
export type EmergencyKeyPublished = Done<Written & EmergencyKeyShown>

/** The newest emergency key of an organisation through two others, signed by its admin; undefined when it has published none. */
export async function readEmergencyKey (context: ClientContext, mspId: string): Promise<EmergencyKeyShown | undefined> {
  const stored = await context.gateways.askTwo(`emergency key of ${mspId}`, (gateway) => gateway.emergencies.getKeys(mspId), ({ id }) => id)
  if (stored === undefined) return undefined
  const document = await readNetworkDocument(context)
  const blame: Blame = { code: 'NETWORK_MISMATCH', what: `The emergency key of ${mspId}`, party: { kind: 'organizations' } }
  const { id, body, signers } = judgedWith(blame, () => openAdminStatement('OrganizationKeys', stored.statement, networkIdHex(context)))
  if (body.mspId !== mspId || id !== stored.id) refuse(blame, 'it is another statement')
  if (adminOf(document, signers) !== mspId) refuse(blame, 'no admin key of the organisation signed it')
  return { mspId, version: body.version, emergencyKey: body.emergencyKey, statementId: id }
}

/** Publishes the next emergency key of the admin's organisation; patients then top up. */
export async function publishEmergencyKey (
  context: AdminContext, { mspId, emergencyKey }: Pick<OrganizationKeys, 'mspId' | 'emergencyKey'>
): Promise<EmergencyKeyPublished> {
  const newest = await readEmergencyKey(context, mspId)
  const version = (newest?.version ?? 0) + 1
  const previous = newest === undefined ? {} : { previous: newest.statementId }
  const statement = signStatementOfAdmin(context, 'OrganizationKeys', { mspId, version, ...previous, emergencyKey })
  const told = { mspId, version, emergencyKey, statementId: statementId(statement.body) }
  return await submitThroughOwn(context, {
    statementId: told.statementId,
    send: async (gateway) => ({ ...await gateway.emergencies.publishKeys(mspId, statement), ...told }),
    recover: (written) => ({ ...written, ...told })
  })
}
