import { isRole } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { ClaimedAttributes } from './claim-mapping.ts'
import { certifyAnew, enrolPractitioner } from './practitioners.ts'
import type { Enrolled } from './practitioners.ts'

type Admission = Pick<FastifyInstance, 'enrolment' | 'ledger' | 'ports' | 'log'>

/** Of each gateway: enrolments under way, one of a person at a time, and when (s) the newest token was issued that they have shown. */
interface Desk { underWay: Map<string, Promise<Enrolled>>, newest: Map<string, number> }
const desks = new WeakMap<object, Desk>()
/** People whose newest token is remembered; whoever has shown none for longest is forgotten first. */
const PEOPLE_MAX = 10_000

/**
 * The person as certified, by what their token says and the hospital's mapping: enrolled at the first sign-in, certified anew when their
 * claims changed, where the admin lets them. Whom an admin enrolled stays as the admin has it.
 * @throws {GatewayError} NOT_ENROLLED, ATTRIBUTES_CHANGED, CA_UNAVAILABLE
 */
export async function admitByClaims (
  app: Admission, claimed: ClaimedAttributes, { staff, issuedAt }: { staff: Enrolled | undefined, issuedAt: number }
): Promise<Enrolled> {
  if (staff?.enrolledBy === 'admin') return staff
  const desk: Desk = desks.get(app.enrolment) ?? { underWay: new Map(), newest: new Map() }
  desks.set(app.enrolment, desk)
  const isNewest = noteToken(desk, claimed.subject, issuedAt)
  if (staff !== undefined && isSame(staff, claimed)) return staff
  if (staff !== undefined) requireChange(app, { staff, claimed, isNewest })
  await requireRole(app, claimed, staff)
  const { underWay } = desk
  const begun = underWay.get(claimed.subject) ?? certify(app, claimed, staff).finally(() => { underWay.delete(claimed.subject) })
  underWay.set(claimed.subject, begun)
  return await begun
}

function isSame (staff: Enrolled, { role, department }: ClaimedAttributes): boolean {
  return staff.role === role && staff.department === department
}

/** @throws {GatewayError} ATTRIBUTES_CHANGED where what is certified is not to be changed by this token */
function requireChange (
  { ports }: Admission, { staff, claimed, isNewest }: { staff: Enrolled, claimed: ClaimedAttributes, isNewest: boolean }
): void {
  // Else who was a physician until a moment ago would be one again by a token of then, and could have certificates made without end.
  if (!isNewest) throw changed(`this token says ${describe(claimed)} of this person, and a newer one other than that: use the newest`)
  // Whoever has no role any more is told that.
  if (claimed.role === undefined || ports.claimMapping?.changes === 'certify') return
  throw changed(`the identity provider says ${describe(claimed)} of this person, whose certificate says ${describe(staff)}: an admin of the hospital suspends them and enrols them anew, or sets right what the identity provider says`)
}

async function certify (app: Admission, { subject, role = '', department }: ClaimedAttributes, staff: Enrolled | undefined): Promise<Enrolled> {
  const person = staff === undefined
    ? await enrolPractitioner(app.enrolment, { subject, role, department, by: 'claims' })
    : await certifyAnew(app.enrolment, staff, { role, department })
  app.log.info({ staffId: person.staffId, role, department }, staff === undefined ? 'enrolled at the first sign-in' : 'certified anew by changed claims')
  return person
}

/** Whether the person has shown no newer token than this one. */
function noteToken ({ newest }: Desk, subject: string, issuedAt: number): boolean {
  const latest = Math.max(issuedAt, newest.get(subject) ?? 0)
  newest.delete(subject)
  newest.set(subject, latest)
  const [first] = newest.keys()
  if (newest.size > PEOPLE_MAX && first !== undefined) newest.delete(first)
  return issuedAt === latest
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

function describe ({ role = 'no role', department }: { role?: string | undefined, department?: string | undefined }): string {
  return department === undefined ? role : `${role} of ${department}`
}
