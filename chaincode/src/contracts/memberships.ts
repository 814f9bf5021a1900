import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { AccessRequest, Consent, DepartmentFacts, DepartmentState, Membership } from '@epione/protocol'
import { findConsent } from './consent-states.ts'
import { loadBinding } from './directory-heads.ts'
import { parseKey } from './directory-rules.ts'
import { findEnd } from './suspensions.ts'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { BindingHead, DepartmentHead } from './stored.ts'

type Named = Pick<Membership, 'mspId' | 'department'>

export async function findDepartment (ctx: LedgerContext, { mspId, department }: Named): Promise<DepartmentHead | undefined> {
  return await ctx.state.get<DepartmentHead>(LEDGER_KEYS.departmentHead(mspId, department))
}

/** What a decision needs of the department that a consent is for; undefined for other consents, and where there is no such department. */
export async function loadDepartmentOf (ctx: LedgerContext, consent: Consent | undefined): Promise<DepartmentFacts | undefined> {
  return consent?.grantee.kind === 'department' ? await findDepartment(ctx, consent.grantee) : undefined
}

/**
 * Answers go to the requester's own key, or to that of the department which the named consent is for. @throws {LedgerError}
 * BINDING_MISMATCH
 */
export async function requireReceiver (
  ctx: LedgerContext,
  { consentId, receivingKey, emergency }: AccessRequest,
  bound: string
): Promise<void> {
  // In an emergency they go to the key of the organisation, which the decision compares with the deposit.
  if (receivingKey === bound || emergency !== undefined) return
  const grantee = consentId === undefined ? undefined : (await findConsent(ctx, consentId))?.body.grantee
  if (grantee?.kind === 'department' && grantee.receivingKey === receivingKey) return
  throw new LedgerError(
    'BINDING_MISMATCH',
    'Ask for answers to the receiving key that is bound now, or to that of the department which the consent is for.'
  )
}

/**
 * Refuses a consent to another key than the one that the department has. @throws {LedgerError} DEPARTMENT_UNKNOWN, CONSENT_OUTDATED
 */
export async function requireDepartmentKey (ctx: LedgerContext, { grantee }: Consent): Promise<void> {
  if (grantee.kind !== 'department') return
  const { mspId, department, keyVersion, receivingKey } = grantee
  const present = await findDepartment(ctx, grantee)
  if (present === undefined) throw new LedgerError('DEPARTMENT_UNKNOWN', `${mspId} has no department ${department} on the ledger.`)
  if (present.receivingKey === receivingKey && present.keyVersion === keyVersion) return
  throw new LedgerError(
    'CONSENT_OUTDATED',
    `Make the kfrags for the present key of ${mspId}/${department}, of version ${String(present.keyVersion)} of its members.`
  )
}

/**
 * The present keys of all members, who are bound, in force and of the department as their hospital certified them when they bound.
 * @throws {LedgerError} BINDING_MISSING, SUSPENDED, MEMBERSHIP_INVALID
 */
export async function loadMembers (ctx: LedgerContext, { mspId, department, members }: Membership): Promise<Map<string, BindingHead>> {
  const bindings = new Map<string, BindingHead>()
  for (const { staffId } of members) {
    const head = await loadBinding(ctx, { mspId, staffId })
    const { requestKey, receivingKey, envelopeKey, ended = [] } = head
    if (findEnd(ended, [requestKey, receivingKey, ...(envelopeKey === undefined ? [] : [envelopeKey])]) !== undefined) {
      throw new LedgerError('SUSPENDED', `${mspId}/${staffId} is suspended, or a key of theirs: leave them out.`)
    }
    if (head.department !== department) {
      throw new LedgerError('MEMBERSHIP_INVALID', `${mspId}/${staffId} bound no keys as of ${department}: they bind new ones under such a certificate.`)
    }
    if (envelopeKey === undefined) {
      throw new LedgerError('MEMBERSHIP_INVALID', `${mspId}/${staffId} has no envelope key: they bind new keys.`)
    }
    bindings.set(staffId, head)
  }
  return bindings
}

/** What holds of every version, whoever made it. @throws {LedgerError} MEMBERSHIP_CONFLICT, MEMBERSHIP_INVALID */
export async function checkMembership (ctx: LedgerContext, body: Membership): Promise<void> {
  const { mspId, department, version, previous, receivingKey, members } = body
  const former = await findDepartment(ctx, body)
  const next = (former?.version ?? 0) + 1
  if (version !== next || previous !== former?.statementId) {
    throw new LedgerError('MEMBERSHIP_CONFLICT', `Version ${String(next)} of ${mspId}/${department} is next, after the one before it.`)
  }
  const ids = members.map(({ staffId }) => staffId)
  if (ids.some((id, i) => id <= (ids[i - 1] ?? ''))) throw new LedgerError('MEMBERSHIP_INVALID', 'List each member once, by staff id.')
  if (receivingKey === former?.receivingKey) return
  parseKey(receivingKey)
  // A key that came back would be one that somebody has who left, and another department's would pass for it.
  if (await ctx.state.has(LEDGER_KEYS.departmentKey(receivingKey))) {
    throw new LedgerError('MEMBERSHIP_CONFLICT', 'Make a new key: a department has or had this one.')
  }
}

export async function putMembership (
  ctx: LedgerContext,
  { body, id, stored }: AcceptedStatement<'Membership'>,
  by: Pick<DepartmentState, 'signer' | 'registrar'>
): Promise<DepartmentState> {
  const { mspId, department, version, receivingKey, members } = body
  const former = await findDepartment(ctx, body)
  const keyVersion = former?.receivingKey === receivingKey ? former.keyVersion : version
  const state: DepartmentState = { membership: stored, keyVersion, ...by }
  const head: DepartmentHead = { version, statementId: id, keyVersion, receivingKey, members: members.map(({ staffId }) => staffId) }
  await ctx.state.put(LEDGER_KEYS.membership(mspId, department, version), state)
  await ctx.state.put(LEDGER_KEYS.departmentHead(mspId, department), head)
  if (keyVersion === version) await ctx.state.mark(LEDGER_KEYS.departmentKey(receivingKey))
  return state
}
