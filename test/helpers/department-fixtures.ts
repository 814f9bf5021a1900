import { envelopeHash, randomBytes, sealEnvelope, SecretKey, statementId, toHex } from '@epione/crypto'
import type { DepartmentState, Membership, SignedStatement } from '@epione/protocol'
import type { ConsentMembers, TestPractitioner } from './ledger-fixtures.ts'
import { keyHex, sign, signBinding } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'

/** Of names that no other run on the same ledger has. */
export const [DEPARTMENT, OTHER_DEPARTMENT] = ['ward', 'clinic'].map((name) => `${name}-${toHex(randomBytes(4))}`) as [string, string]

/** A member of staff with keys for envelopes, bound as of the department. */
export interface TestMember extends TestPractitioner { envelope: SecretKey }

/** A department's key, its newest `Membership`, and the envelopes that this names. */
export interface TestDepartment {
  mspId: string
  department: string
  key: SecretKey
  body: Membership
  id: string
  keyVersion: number
  statement: SignedStatement
  envelopes: Array<{ staffId: string, sealed: string }>
}

export async function bindMember (
  world: LedgerWorld, who: { mspId?: string, department?: string, role?: string } = {}
): Promise<TestMember> {
  const actor = await world.enroll({ mspId: world.members[0], role: 'physician', department: DEPARTMENT, ...who })
  const member = { ...actor, receiving: SecretKey.random(), requestSigning: SecretKey.random(), envelope: SecretKey.random() }
  await actor.ledger.bindKeys(signBinding(world, member))
  return member
}

export interface MembershipChanges {
  former?: TestDepartment
  key?: SecretKey
  signer?: SecretKey
  department?: string
  /** Members of the body as they should not be. */
  wrong?: object
}

/** What the first of the members signs: the first version, or the one after `former`. */
export function signMembership (
  world: LedgerWorld,
  members: readonly [TestMember, ...TestMember[]],
  { former, key = SecretKey.random(), signer, department = DEPARTMENT, wrong = {} }: MembershipChanges = {}
): TestDepartment {
  const [{ mspId, requestSigning }] = members
  const envelopes = [...members].sort((a, b) => a.staffId < b.staffId ? -1 : 1).map(({ staffId, envelope }) => ({
    staffId, sealed: toHex(sealEnvelope(key, envelope.publicKey(), { mspId, department, staffId }))
  }))
  const version = (former?.body.version ?? 0) + 1
  const statement = sign(world, 'Membership', {
    mspId,
    department,
    version,
    ...(former === undefined ? {} : { previous: former.id }),
    receivingKey: keyHex(key),
    members: envelopes.map(({ staffId, sealed }) => ({ staffId, envelopeHash: toHex(envelopeHash(Buffer.from(sealed, 'hex'))) })),
    ...wrong
  }, signer ?? requestSigning)
  const keyVersion = former !== undefined && keyHex(former.key) === keyHex(key) ? former.keyVersion : version
  const body = JSON.parse(statement.body) as Membership
  return { mspId, department, key, body, id: statementId(statement.body), keyVersion, statement, envelopes }
}

/** A department on the ledger, put in place by its hospital's registrar. */
export async function foundDepartment (
  world: LedgerWorld, members: readonly [TestMember, ...TestMember[]], changes: MembershipChanges = {}
): Promise<TestDepartment> {
  const made = signMembership(world, members, changes)
  await world.registrar(made.mspId).ledger.foundDepartment(made.statement)
  return made
}

/** The same, changed by the first of its members. */
export async function changeDepartment (
  world: LedgerWorld, members: readonly [TestMember, ...TestMember[]], changes: MembershipChanges & { former: TestDepartment }
): Promise<{ made: TestDepartment, state: DepartmentState }> {
  const made = signMembership(world, members, changes)
  const { value } = await members[0].ledger.changeDepartment(made.statement)
  return { made, state: value }
}

export function granteeOf ({ mspId, department, keyVersion, key }: TestDepartment): ConsentMembers['grantee'] {
  return { kind: 'department', mspId, department, keyVersion, receivingKey: keyHex(key) }
}

/** As which a consent to the department is made: somebody with its key. */
export function asGrantee (department: TestDepartment, member: TestMember): TestPractitioner {
  return { ...member, receiving: department.key }
}
