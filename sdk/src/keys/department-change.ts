import { envelopeHash, fromHex, PublicKey, sealEnvelope, SecretKey, toHex } from '@epione/crypto'
import { SignedStatement } from '@epione/protocol'
import { Envelope } from '@epione/protocol/api'
import { findSuspension, openStatement } from '@epione/protocol/verify'
import type { DepartmentId, VerifiedBinding } from '@epione/protocol/verify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { PractitionerContext, TokenContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import { makeStatement } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { parseHandedOn, throwDamaged } from '../files/damaged-file.ts'
import type { MembershipChange } from '../gateways/departments-api.ts'
import { together } from '../gateways/together.ts'
import { findBinding } from './bindings.ts'
import { openDepartmentKey } from './department-key.ts'
import { findDepartment, nameOfDepartment, readDepartment } from './department.ts'
import type { Department } from './department.ts'
import { requireOwnBinding } from './practitioner.ts'

/** What a member wants changed; whoever is suspended leaves in any case. */
export interface MembersWanted { add?: readonly string[], remove?: readonly string[], rotate?: boolean }

export interface DepartmentChanged extends DepartmentId, Written {
  version: number
  statementId: string
  members: string[]
  /** Who left. */
  left: string[]
  /** Whether the department has a new key, which patients grant to anew. */
  rotated: boolean
  fingerprint: string
}

const BLAME: Blame = { code: 'FILE_DAMAGED', what: 'The department\'s file', party: { kind: 'accuser' } }
const ChangeFile = Type.Object({ statement: SignedStatement, envelopes: Type.Array(Envelope) }, { additionalProperties: false })

/**
 * Makes a department's key on this workstation and signs who its members are, the caller among them. The hospital's registrar puts it in
 * place: what is returned is the text of the file to hand to them.
 */
export async function makeDepartment (
  context: PractitionerContext, department: string, staffIds: readonly string[]
): Promise<{ file: string, members: string[], fingerprint: string, version: number }> {
  await requireOwnBinding(context)
  const { person: { mspId } } = context
  const former = await findDepartment(context, { mspId, department })
  const members = await readMembers(context, mspId, [context.person.staffId, ...staffIds])
  const gone = members.filter(({ isInForce }) => !isInForce)
  if (gone.length > 0) throw new ClientError('SUSPENDED', `Leave out ${gone.map((m) => m.staffId).join(', ')}: suspended.`)
  const { change, version } = makeChange(context, { mspId, department }, members, SecretKey.random(), former)
  const { receivingKey } = change
  return {
    file: `${JSON.stringify({ statement: change.statement, envelopes: change.envelopes })}\n`,
    members: members.map((m) => m.staffId),
    fingerprint: receivingKey.fingerprint(),
    version
  }
}

/** The hospital's registrar puts in place what a member made. @throws {ClientError} FILE_DAMAGED */
export async function foundDepartment (
  context: TokenContext, file: string
): Promise<Done<DepartmentId & Written & { version: number, statementId: string }>> {
  const change: unknown = parseHandedOn(file, 'The department\'s file')
  if (!Value.Check(ChangeFile, change)) {
    return throwDamaged('The department\'s file', 'other-type', 'is not what "epione department found" writes')
  }
  const { id, body: { mspId, department, version } } = judgedWith(BLAME, () => openStatement('Membership', change.statement, context.networkId))
  const { authorize } = context.token
  const own = { mspId, department, version, statementId: id }
  return await submitThroughOwn(context, {
    statementId: id,
    send: (gateway) => gateway.departments.found(change, authorize),
    recover: (written) => ({ ...own, ...written })
  })
}

/**
 * Changes who the members are, as one of them: a new key whenever somebody leaves, is suspended, or is asked for, else the present one
 * is sealed to all of them.
 */
export async function changeDepartment (
  context: PractitionerContext, department: string, { add = [], remove = [], rotate = false }: MembersWanted
): Promise<Done<DepartmentChanged>> {
  const { person: { mspId, staffId } } = context
  const [former] = await together(readDepartment(context, { mspId, department }), requireOwnBinding(context))
  const present = former.facts.members
  if (!present.includes(staffId)) throw new ClientError('REFUSED', `You are no member of ${nameOfDepartment(former)}: a member adds you.`)
  if (remove.includes(staffId)) throw new ClientError('USAGE', 'Another member lets you go: whoever makes the new key has it.')
  const wanted = await readMembers(context, mspId, [...present, ...add].filter((member) => !remove.includes(member)))
  const members = wanted.filter(({ isInForce }) => isInForce)
  const left = present.filter((member) => !members.some((m) => m.staffId === member))
  const rotated = rotate || left.length > 0
  const secret = rotated ? SecretKey.random() : await openDepartmentKey(context, department, former.body.receivingKey)
  const { change, id, version } = makeChange(context, { mspId, department }, members, secret, former)
  const { statement, envelopes, receivingKey } = change
  const own = {
    mspId,
    department,
    version,
    statementId: id,
    members: members.map((m) => m.staffId),
    left,
    rotated,
    fingerprint: receivingKey.fingerprint()
  }
  return await submitThroughOwn(context, {
    statementId: id,
    send: async (gateway) => ({ ...own, ...await gateway.departments.change({ statement, envelopes }, context.token.authorize) }),
    recover: (written) => ({ ...own, ...written })
  })
}

interface Member { staffId: string, envelopeKey: PublicKey, isInForce: boolean }

/** Everybody's envelope key as two organisations show it, by staff id, each once. @throws {ClientError} NOT_FOUND */
async function readMembers (context: PractitionerContext, mspId: string, staffIds: readonly string[]): Promise<Member[]> {
  const ids = [...new Set(staffIds)].sort((a, b) => a < b ? -1 : 1)
  return await Promise.all(ids.map(async (staffId) => memberOf(staffId, await findBinding(context, { mspId, staffId }))))
}

function memberOf (staffId: string, binding: VerifiedBinding | undefined): Member {
  const { requestKey, receivingKey, envelopeKey } = binding?.newest ?? {}
  if (binding === undefined || requestKey === undefined || receivingKey === undefined || envelopeKey === undefined) {
    throw new ClientError('NOT_FOUND', `${staffId} has bound no keys for envelopes: that person runs "epione practitioner bind" first.`, { staffId })
  }
  const isInForce = findSuspension(binding, [requestKey, receivingKey, envelopeKey]) === undefined
  return { staffId, envelopeKey: PublicKey.fromHex(envelopeKey), isInForce }
}

function makeChange (
  context: PractitionerContext,
  named: DepartmentId,
  members: readonly Member[],
  secret: SecretKey,
  former: Department | undefined
): { id: string, version: number, change: MembershipChange & { receivingKey: PublicKey } } {
  const envelopes: Envelope[] = members.map(({ staffId, envelopeKey }) =>
    ({ staffId, sealed: toHex(sealEnvelope(secret, envelopeKey, { ...named, staffId })) }))
  const version = (former?.body.version ?? 0) + 1
  const receivingKey = secret.publicKey()
  const { id, statement } = makeStatement(context, 'Membership', {
    ...named,
    version,
    ...(former === undefined ? {} : { previous: former.id }),
    receivingKey: receivingKey.toHex(),
    members: envelopes.map(({ staffId, sealed }) => ({ staffId, envelopeHash: toHex(envelopeHash(fromHex(sealed))) }))
  }, [context.keys.requestSigning(context.keyNumber)])
  return { id, version, change: { statement, envelopes, receivingKey } }
}
