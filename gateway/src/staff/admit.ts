import { isRole } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { ClaimedAttributes } from './claim-mapping.ts'
import { certifyAnew, enrolPractitioner, findPractitioner, noteToken } from './practitioners.ts'
import type { Enrolled } from './practitioners.ts'

type Admission = Pick<FastifyInstance, 'enrolment' | 'ledger' | 'ports' | 'log'>

/** Of each gateway: enrolments under way, one of a person at a time. */
const desks = new WeakMap<object, Map<string, Promise<Enrolled>>>()

/**
 * The person as certified, by what their token says and the hospital's mapping: enrolled at the first sign-in, certified anew when their
 * claims changed, where the admin lets them. Whom an admin enrolled stays as the admin has it.
 * @throws {GatewayError} NOT_ENROLLED, ATTRIBUTES_CHANGED, CA_UNAVAILABLE
 */
export async function admitByClaims (
  app: Admission, claimed: ClaimedAttributes, { staff, issuedAt }: { staff: Enrolled | undefined, issuedAt: number }
): Promise<Enrolled> {
  if (staff?.enrolledBy === 'admin') return staff
  const isNewest = staff === undefined || await isNewestOf(app, staff, issuedAt)
  if (staff !== undefined && isSame(staff, claimed)) return staff
  if (staff !== undefined) requireChange(app, { staff, claimed, isNewest })
  await requireRole(app, claimed, staff)
  const underWay = desks.get(app.enrolment) ?? new Map<string, Promise<Enrolled>>()
  desks.set(app.enrolment, underWay)
  const others = underWay.get(claimed.subject)
  if (others !== undefined) {
    // What another token of this person began may say other things of them than this one.
    await others.catch(() => undefined)
    return await admitByClaims(app, claimed, { staff: await findPractitioner(app.enrolment.db, claimed.subject), issuedAt })
  }
  const begun = certify(app, { claimed, staff, issuedAt }).finally(() => { underWay.delete(claimed.subject) })
  underWay.set(claimed.subject, begun)
  try {
    return await begun
  } catch (error) {
    const known = await findQuicker(app, claimed, { staff, error })
    return await admitByClaims(app, claimed, { staff: known, issuedAt })
  }
}

/** Whom another gateway of the hospital enrolled in the same moment; throws the error that is about anything else. */
async function findQuicker (
  app: Admission, { subject }: ClaimedAttributes, { staff, error }: { staff: Enrolled | undefined, error: unknown }
): Promise<Enrolled> {
  const isEnrolled = staff === undefined && error instanceof GatewayError && error.code === 'PRACTITIONER_EXISTS'
  const known = isEnrolled ? await findPractitioner(app.enrolment.db, subject) : undefined
  if (known === undefined) throw error
  return known
}

async function isNewestOf ({ enrolment: { db } }: Admission, staff: Enrolled, issuedAt: number): Promise<boolean> {
  if (issuedAt === staff.newestToken) return true
  return issuedAt > staff.newestToken && await noteToken(db, staff, issuedAt) <= issuedAt
}

function isSame (staff: Enrolled, { role, department }: ClaimedAttributes): boolean {
  return staff.role === role && staff.department === department
}

/** @throws {GatewayError} ATTRIBUTES_CHANGED where what is certified is not to be changed by this token */
function requireChange (
  { ports }: Admission, { staff, claimed, isNewest }: { staff: Enrolled, claimed: ClaimedAttributes, isNewest: boolean }
): void {
  // Else who was a physician until a moment ago would be one again by a token of then, and could have certificates made without end.
  if (!isNewest) throw outdated(claimed)
  // Whoever has no role any more is told that.
  if (claimed.role === undefined || ports.claimMapping?.changes === 'certify') return
  throw changed(`the identity provider says ${describe(claimed)} of this person, whose certificate says ${describe(staff)}: an admin of the hospital suspends them and enrols them anew, or sets right what the identity provider says`)
}

interface Certified { claimed: ClaimedAttributes, staff: Enrolled | undefined, issuedAt: number }

async function certify (app: Admission, { claimed, staff, issuedAt: tokenIssuedAt }: Certified): Promise<Enrolled> {
  const { subject, role = '', department } = claimed
  const person = staff === undefined
    ? await enrolPractitioner(app.enrolment, { subject, role, department, by: 'claims', tokenIssuedAt })
    : await certifyAnew(app.enrolment, staff, { role, department, tokenIssuedAt })
  if (person === undefined) throw outdated(claimed)
  app.log.info({ staffId: person.staffId, role, department }, staff === undefined ? 'enrolled at the first sign-in' : 'certified anew by changed claims')
  return person
}

/** Only a role of the policy in force is certified. */
async function requireRole (app: Admission, { role }: ClaimedAttributes, staff: Enrolled | undefined): Promise<void> {
  if (role !== undefined && isRole(await app.ledger.policies.at(app.ports.clock()), role)) return
  if (staff !== undefined) throw changed(`the identity provider gives this person no role any more; their certificate says ${describe(staff)}`)
  throw new GatewayError(
    'NOT_ENROLLED',
    role === undefined
      ? 'the identity provider gives this person no role that the hospital maps: its admin sets that right there, or runs "epione practitioner enroll"'
      : `the hospital maps this person to ${role}, which is no role of the policy in force: its admin mends OIDC_MAPPING_FILE`
  )
}

const changed = (why: string): GatewayError => new GatewayError('ATTRIBUTES_CHANGED', why)

const outdated = (claimed: ClaimedAttributes): GatewayError =>
  changed(`this token says ${describe(claimed)} of this person, and a newer one other than that: use the newest`)

function describe ({ role = 'no role', department }: { role?: string | undefined, department?: string | undefined }): string {
  return department === undefined ? role : `${role} of ${department}`
}
