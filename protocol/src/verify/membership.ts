import { departmentFacts } from '../index.ts'
import { practitionerSigner, verifyBinding } from './binding.ts'
import { isPoint } from './directory-rules.ts'
import { Refusal } from './refusal.ts'
import type { BindingHistory, DepartmentFacts, DepartmentState, Membership } from '../index.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

export interface DepartmentId { mspId: string, department: string }

/** A department at one version, signed by one of its members. */
export interface VerifiedDepartment extends DepartmentId {
  readonly id: string
  readonly body: Membership
  readonly signer: string
  /** When (ms) it came into force, by the ledger. */
  readonly time: number
  /** Who of the hospital put it in place, by the ledger's word, where no member of the version before did. */
  readonly registrar?: string
  readonly facts: DepartmentFacts
}

/**
 * Proves one version of a department: one of its own members signed it, with the request key that was in force when the ledger took it.
 * `binding` is the signer's. Whether the signer was a member before is proven by `requireSuccession`; that the hospital certifies its
 * members so is the ledger's word, as it is of every attribute. @throws {Refusal}
 */
export function verifyMembership (
  state: DepartmentState, named: DepartmentId, binding: BindingHistory, reader: StatementReader
): VerifiedDepartment {
  const { mspId, department } = named
  const subject = subjectOf(named)
  const { id, body, signers } = reader.readStored('Membership', state.membership, subject)
  const refuse = (code: RefusalCode, why: string): never => { throw new Refusal(code, subject, why) }
  if (body.mspId !== mspId || body.department !== department) refuse('FOREIGN', 'its members are another department\'s')
  const { signer, registrar, membership: { time } } = state
  if (!body.members.some(({ staffId }) => staffId === signer)) refuse('SIGNER_WRONG', 'it is not signed by one of its members')
  const person = { mspId, staffId: signer }
  const keys = verifyBinding(binding, person, reader)
  if (practitionerSigner(keys, signers, time) === undefined) refuse('SIGNER_WRONG', `it is not signed with a key of ${mspId}/${signer} alone`)
  if (state.keyVersion > body.version) refuse('CHAIN_BROKEN', 'its key is of a later version than itself')
  if (!isPoint(body.receivingKey)) refuse('KEYS_UNFIT', 'its key is no point')
  return { ...named, id, body, signer, time, ...(registrar !== undefined && { registrar }), facts: departmentFacts(body, state) }
}

/**
 * Proves that a version follows from the one before by that one's own members: one of them signed it, and whoever left does not have its
 * key. False where the hospital's registrar put it in place. @throws {Refusal} CHAIN_BROKEN, SIGNER_WRONG
 */
export function requireSuccession (former: VerifiedDepartment, next: VerifiedDepartment): boolean {
  const refuse = (code: RefusalCode, why: string): never => { throw new Refusal(code, subjectOf(next), why) }
  if (next.body.version !== former.body.version + 1 || next.body.previous !== former.id) {
    refuse('CHAIN_BROKEN', `version ${String(next.body.version)} does not follow the one before`)
  }
  const isSameKey = former.body.receivingKey === next.body.receivingKey
  const expected = isSameKey ? former.facts.keyVersion : next.body.version
  if (next.facts.keyVersion !== expected) refuse('CHAIN_BROKEN', 'its key is not of the version that it says')
  const stays = (staffId: string): boolean => next.body.members.some((member) => member.staffId === staffId)
  if (isSameKey && !former.body.members.every(({ staffId }) => stays(staffId))) refuse('CHAIN_BROKEN', 'a member left and its key stays')
  if (next.registrar !== undefined) {
    return isSameKey ? refuse('SIGNER_WRONG', 'no member signed it and its key stays') : false
  }
  if (!former.body.members.some(({ staffId }) => staffId === next.signer)) refuse('SIGNER_WRONG', 'no member of the version before signed it')
  return true
}

const subjectOf = ({ mspId, department }: DepartmentId): Subject => ({ kind: 'department', name: `${mspId}/${department}` })
