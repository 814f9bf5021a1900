import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { Consent, Member, OrganizationKeys, StoredAdminStatement } from '@epione/protocol'
import { parseKey } from './directory-rules.ts'
import type { AcceptedAdminStatement } from './admin-statements.ts'
import type { LedgerContext } from './context.ts'

/** The newest emergency key of an organisation. @throws {LedgerError} EMERGENCY_KEY_UNKNOWN */
export async function loadEmergencyKeys (ctx: LedgerContext, mspId: string): Promise<StoredAdminStatement> {
  const newest = await findEmergencyKeys(ctx, mspId)
  if (newest !== undefined) return newest
  throw new LedgerError('EMERGENCY_KEY_UNKNOWN', `${mspId} has published no emergency key; its admin submits Emergencies:PublishKeys.`)
}

const findEmergencyKeys = (ctx: LedgerContext, mspId: string): Promise<StoredAdminStatement | undefined> =>
  ctx.state.get<StoredAdminStatement>(LEDGER_KEYS.organizationKeys(mspId))

/** The next emergency key of the admin's own organisation. @throws {LedgerError} SIGNATURE_INVALID, EMERGENCY_KEY_CONFLICT */
export async function storeEmergencyKeys (
  ctx: LedgerContext, { body, mspId, stored }: AcceptedAdminStatement<'OrganizationKeys'>
): Promise<void> {
  if (body.mspId !== mspId) {
    throw new LedgerError('SIGNATURE_INVALID', `Sign the emergency key of ${body.mspId} with an admin key of it; this one is of ${mspId}.`)
  }
  const newest = await findEmergencyKeys(ctx, mspId)
  const version = newest === undefined ? 1 : bodyOf(newest).version + 1
  if (body.version !== version || body.previous !== newest?.id) {
    const previous = newest === undefined ? 'none before it' : `${newest.id} before it`
    throw new LedgerError('EMERGENCY_KEY_CONFLICT', `Publish version ${String(version)}, naming ${previous}.`)
  }
  parseKey(body.emergencyKey)
  if (newest !== undefined && bodyOf(newest).emergencyKey === body.emergencyKey) {
    throw new LedgerError('EMERGENCY_KEY_CONFLICT', 'Publish another key: this one is the emergency key already.')
  }
  await ctx.state.put(LEDGER_KEYS.organizationKeys(mspId), stored)
}

/**
 * A deposit is for the newest emergency key of its organisation, and opens with a majority of all members, so that no minority breaks the
 * glass. @throws {LedgerError} CONSENT_OUTDATED, CONSENT_INVALID, EMERGENCY_KEY_UNKNOWN
 */
export async function checkDeposit (ctx: LedgerContext, { grantee, threshold }: Consent, members: readonly Member[]): Promise<void> {
  if (grantee.kind !== 'organization') return
  const { version, emergencyKey } = bodyOf(await loadEmergencyKeys(ctx, grantee.mspId))
  if (grantee.keyVersion !== version || grantee.receivingKey !== emergencyKey) {
    throw new LedgerError('CONSENT_OUTDATED', `Make the kfrags for version ${String(version)} of the emergency key of ${grantee.mspId}, its newest.`)
  }
  if (2 * threshold > members.length) return
  throw new LedgerError('CONSENT_INVALID', `Choose a threshold that is more than half of all ${String(members.length)} members for an emergency.`)
}

/** What was checked against its schema when it was accepted. */
const bodyOf = ({ statement }: StoredAdminStatement): OrganizationKeys => JSON.parse(statement.body) as OrganizationKeys
