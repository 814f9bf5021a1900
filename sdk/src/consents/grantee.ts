import { PublicKey } from '@epione/crypto'
import type { Consent, DepartmentFacts } from '@epione/protocol'
import type { DepartmentId, PersonId } from '@epione/protocol/verify'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { readBinding } from '../keys/bindings.ts'
import { readDepartment } from '../keys/department.ts'
import { together } from '../gateways/together.ts'
import { readOrganizations } from '../keys/organizations.ts'
import type { Organization } from '../keys/organizations.ts'

/** Whom a consent would be given to, as two organisations show it: a person, or a department with so many members. */
export interface GranteeShown {
  organization: string
  mspId: string
  staffId?: string
  department?: string
  members?: number
  fingerprint: string
  boundSince: number
}

/** A grantee with the key that kfrags are made for. */
export interface Grantee {
  body: Consent['grantee']
  receivingKey: PublicKey
  boundSince: number
  /** Of a department. */
  facts?: DepartmentFacts
}

/** The present key of a person or department, read through two organisations. @throws {ClientError} NOT_FOUND, SUSPENDED */
export async function readGrantee (context: ClientContext, named: PersonId | DepartmentId): Promise<Grantee> {
  if ('department' in named) {
    const { receivingKey, facts, time } = await readDepartment(context, named)
    const { mspId, department } = named
    const body = { kind: 'department' as const, mspId, department, keyVersion: facts.keyVersion, receivingKey: receivingKey.toHex() }
    return { body, receivingKey, boundSince: time, facts }
  }
  const { receivingKey, newest } = await readBinding(context, named)
  const { mspId, staffId } = named
  return { body: { kind: 'practitioner', mspId, staffId, receivingKey: receivingKey.toHex() }, receivingKey, boundSince: newest.issuedAt }
}

/** Whom a consent could be given to, with the fingerprint that they will read out. @throws {ClientError} NOT_FOUND, SUSPENDED */
export async function findGrantee (context: ClientContext, named: PersonId | DepartmentId): Promise<GranteeShown> {
  const [grantee, organizations] = await together(readGrantee(context, named), readOrganizations(context))
  return showGrantee(grantee, organizations)
}

export function showGrantee ({ body, receivingKey, boundSince, facts }: Grantee, organizations: readonly Organization[]): GranteeShown {
  const organization = organizations.find((o) => o.mspId === body.mspId)?.name
  if (organization === undefined) throw new ClientError('NOT_FOUND', `${body.mspId} is not a member of this network.`)
  return {
    organization,
    mspId: body.mspId,
    ...(body.kind === 'department' && { department: body.department }),
    ...(body.kind === 'practitioner' && { staffId: body.staffId }),
    ...(facts === undefined ? {} : { members: facts.members.length }),
    fingerprint: receivingKey.fingerprint(),
    boundSince
  }
}

/** How the patient made sure of the key. */
export interface GranteeApproval {
  /** The grantee's fingerprint, read from that person or from a member of the department; compared before anything is signed. */
  fingerprint?: string
  /** Asked to say yes when no fingerprint is given. */
  approve?: (grantee: GranteeShown) => Promise<boolean>
}

/** @throws {ClientError} FINGERPRINT_MISMATCH, FINGERPRINT_REQUIRED, DECLINED */
export async function requireApproval (shown: GranteeShown, { fingerprint, approve }: GranteeApproval): Promise<void> {
  const digits = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-z]/g, '')
  if (fingerprint !== undefined) {
    if (digits(fingerprint) === digits(shown.fingerprint)) return
    const who = `${shown.mspId}/${shown.staffId ?? shown.department ?? ''}`
    throw new ClientError(
      'FINGERPRINT_MISMATCH',
      `The ledger binds a key with fingerprint ${shown.fingerprint} to ${who}, not ${fingerprint}: nothing was signed. Compare it once more with the grantee, in person.`,
      { ...shown }
    )
  }
  if (approve === undefined) {
    throw new ClientError(
      'FINGERPRINT_REQUIRED',
      'Say --fingerprint as the grantee reads it to you; there is no terminal to ask on.',
      { ...shown }
    )
  }
  if (!await approve(shown)) throw new ClientError('DECLINED', 'Nothing was signed.', { ...shown })
}
