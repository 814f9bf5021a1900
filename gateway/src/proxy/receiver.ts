import type { AccessRequest, Consent, DepartmentFacts } from '@epione/protocol'
import { verifyMembership } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'
import { judged, unproven } from '../judge.ts'
import type { PermitContext } from './permit-context.ts'

/**
 * Proves that answers go where they may: to the requester's own bound key, or to that of the organisation or department that the consent is
 * for. Facts of the latter. @throws {GatewayError} STATEMENT_UNPROVEN; EVENT_DENIED when the requester left it, or it has another key by
 * now
 */
export async function requireReceiver (
  context: Pick<PermitContext, 'ledger' | 'reader'>,
  { requester, receivingKey }: AccessRequest,
  bound: string,
  { grantee }: Consent
): Promise<DepartmentFacts | undefined> {
  if (grantee.kind !== 'department') {
    if (receivingKey === (grantee.kind === 'organization' ? grantee.receivingKey : bound)) return undefined
    throw unproven('request.receiving-key', 'the access request names a receiving key that is not bound to the practitioner')
  }
  const facts = await readDepartment(context, grantee)
  if (!facts.members.includes(requester.staffId)) {
    throw new GatewayError('EVENT_DENIED', `${requester.mspId}/${requester.staffId} left the department since the permit: nothing is released`)
  }
  if (facts.receivingKey !== grantee.receivingKey) {
    throw new GatewayError('EVENT_DENIED', 'the department has another key since the permit: the patient grants to that one')
  }
  return facts
}

/** The present members and key of a department, signed by one of the members. */
async function readDepartment (
  { ledger, reader }: Pick<PermitContext, 'ledger' | 'reader'>,
  named: { mspId: string, department: string }
): Promise<DepartmentFacts> {
  const { mspId, department } = named
  return await judged(async () => {
    const state = await ledger.getDepartment(mspId, department)
    const binding = await ledger.getBinding(mspId, state.signer)
    return verifyMembership(state, { mspId, department }, binding, reader).facts
  })
}
