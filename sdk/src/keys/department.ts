import type { DepartmentState } from '@epione/protocol'
import { requireSuccession, StatementReader, verifyMembership } from '@epione/protocol/verify'
import type { DepartmentId, VerifiedDepartment } from '@epione/protocol/verify'
import { PublicKey } from '@epione/crypto'
import type { ClientContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { ClientError } from '../errors.ts'
import { readHistory } from './bindings.ts'

/** A department at one version, read through two organisations and proven. */
export interface Department extends VerifiedDepartment { readonly receivingKey: PublicKey }

/** Versions that a client follows from the one before to the newest: more than that is shown as a new department. */
const VERSIONS_BACK = 64

export const nameOfDepartment = ({ mspId, department }: DepartmentId): string => `${mspId}/${department}`

/** @throws {ClientError} NOT_FOUND, MEMBERSHIP_INVALID */
export async function readDepartment (context: ClientContext, named: DepartmentId, version?: number): Promise<Department> {
  const department = await findDepartment(context, named, version)
  if (department !== undefined) return department
  throw new ClientError('NOT_FOUND', `${named.mspId} has no department ${named.department}: a member makes it ("epione department found"), and its registrar confirms it.`, {
    ...named
  })
}

/** The same; undefined where there is none. @throws {ClientError} MEMBERSHIP_INVALID */
export async function findDepartment (context: ClientContext, named: DepartmentId, version?: number): Promise<Department | undefined> {
  const state = await findState(context, named, version)
  if (state === undefined) return undefined
  const binding = await readHistory(context, { mspId: named.mspId, staffId: state.signer })
  return judged({ kind: 'organizations' }, () => {
    const { mspId, department } = named
    const proven = verifyMembership(state, { mspId, department }, binding, new StatementReader(context.networkId))
    return { ...proven, receivingKey: PublicKey.fromHex(proven.body.receivingKey) }
  })
}

/**
 * Whether the newest version follows from an earlier one by the members' own signatures alone, each version proven; false where the
 * hospital's registrar put one in place, or too many came between. @throws {ClientError} MEMBERSHIP_INVALID
 */
export async function followsFrom (context: ClientContext, newest: Department, version: number): Promise<boolean> {
  if (newest.body.version < version || newest.body.version - version > VERSIONS_BACK) return false
  let next = newest
  while (next.body.version > version) {
    const [later, former] = [next, await readDepartment(context, next, next.body.version - 1)]
    if (!judged({ kind: 'organizations' }, () => requireSuccession(former, later))) return false
    next = former
  }
  return true
}

async function findState (context: ClientContext, named: DepartmentId, version?: number): Promise<DepartmentState | undefined> {
  return await context.gateways.askTwo(`department ${nameOfDepartment(named)}`,
    (gateway) => gateway.departments.get(named, version),
    ({ membership, signer, keyVersion, registrar = '' }) => [membership.id, membership.statement.body, signer, keyVersion, registrar])
}
