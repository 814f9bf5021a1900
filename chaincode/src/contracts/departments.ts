import { Info, Returns, Transaction } from 'fabric-contract-api'
import { AttributeValue, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, MspId, Version } from '@epione/protocol'
import type { DepartmentState } from '@epione/protocol'
import { areSigners } from '@epione/protocol/verify'
import { checkArgument } from './arguments.ts'
import { requireOrganization } from './authorization.ts'
import { LedgerContext } from './context.ts'
import { LedgerContract } from './ledger-contract.ts'
import { checkMembership, findDepartment, loadMembers, putMembership } from './memberships.ts'
import { toResult } from './result.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import { loadOwnBinding } from './suspensions.ts'

@Info({ title: 'Departments', description: 'Departments of hospitals: their members and the receiving key that these share' })
export class DepartmentsContract extends LedgerContract {
  constructor () {
    super('Departments')
  }

  /**
   * A hospital's registrar puts a department in place that one of its members made: the first time, and again when no member is left who
   * could change it. It never gets a key that any department had.
   */
  @Transaction()
  @Returns('string')
  async Found (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Membership', statement)
    const { body, signers } = accepted
    requireOrganization(ctx, body.mspId)
    const former = await findDepartment(ctx, body)
    const bindings = await loadMembers(ctx, body)
    const signer = [...bindings].find(([, { requestKey }]) => areSigners(signers, [requestKey]))?.[0]
    if (signer === undefined) {
      throw new LedgerError('SIGNATURE_INVALID', 'Sign this Membership with the bound request key of one of its members, and with no other key.')
    }
    if (former?.receivingKey === body.receivingKey) {
      throw new LedgerError('MEMBERSHIP_INVALID', 'Make a new key: what no present member signs may not keep theirs.')
    }
    return await this.#put(ctx, accepted, { signer, registrar: ctx.creator.staffId })
  }

  /** A present member changes who the members are, in person, and makes a new key whenever one leaves. */
  @Transaction()
  @Returns('string')
  async Change (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Membership', statement)
    const { body } = accepted
    const { mspId, department } = body
    const { staffId } = ctx.creator
    const former = await findDepartment(ctx, body)
    if (former === undefined) {
      throw new LedgerError('DEPARTMENT_UNKNOWN', `${mspId} has no department ${department} on the ledger: its registrar founds it.`)
    }
    requireOrganization(ctx, mspId)
    if (ctx.creator.department !== department || !former.members.includes(staffId)) {
      throw new LedgerError('NOT_AUTHORIZED', `${mspId}/${staffId} is no present member of ${department}, certified as of it.`)
    }
    const { requestKey } = await loadOwnBinding(ctx, { mspId, staffId })
    requireSigners(accepted, [requestKey], 'the request key that is bound')
    const bindings = await loadMembers(ctx, body)
    if (!bindings.has(staffId)) throw new LedgerError('MEMBERSHIP_INVALID', 'Stay a member: whoever makes the key has it. Another member lets you go.')
    if (former.receivingKey === body.receivingKey && former.members.some((member) => !bindings.has(member))) {
      throw new LedgerError('MEMBERSHIP_INVALID', 'Make a new key: a member leaves who has the present one.')
    }
    return await this.#put(ctx, accepted, { signer: staffId })
  }

  /** A department at one version, by default its newest. */
  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, mspId: string, department: string, version: string): Promise<string> {
    const named = { mspId: checkArgument(MspId, mspId, 'an MSP id'), department: checkArgument(AttributeValue, department, 'a department') }
    const number = version === '' ? (await findDepartment(ctx, named))?.version : checkArgument(Version, Number(version), 'a version')
    const state = number === undefined ? undefined : await ctx.state.get<DepartmentState>(LEDGER_KEYS.membership(mspId, department, number))
    if (state === undefined) throw new LedgerError('DEPARTMENT_UNKNOWN', `${mspId} has no department ${department} on the ledger at this version.`)
    return toResult(state)
  }

  async #put (
    ctx: LedgerContext,
    accepted: AcceptedStatement<'Membership'>,
    by: Pick<DepartmentState, 'signer' | 'registrar'>
  ): Promise<string> {
    await checkMembership(ctx, accepted.body)
    const state = await putMembership(ctx, accepted, by)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.membershipChanged, state)
  }
}
