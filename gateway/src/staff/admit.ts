import { isRole } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { ClaimedAttributes } from './claim-mapping.ts'
import { certifyAnew, enrolPractitioner } from './practitioners.ts'
import type { Enrolled } from './practitioners.ts'

type Admission = Pick<FastifyInstance, 'enrolment' | 'ledger' | 'ports' | 'log'>

/** One enrolment of a person at a time: whoever comes meanwhile waits for it. */
const underWay = new WeakMap<object, Map<string, Promise<Enrolled>>>()

/**
 * The person as certified, by what their token says and the hospital's mapping: enrolled at the first sign-in, certified anew when their
 * claims changed, where the admin lets them. Whom an admin enrolled stays as the admin has it.
 * @throws {GatewayError} NOT_ENROLLED, ATTRIBUTES_CHANGED, CA_UNAVAILABLE
 */
export async function admitByClaims (app: Admission, claimed: ClaimedAttributes, staff: Enrolled | undefined): Promise<Enrolled> {
  if (staff?.enrolledBy === 'admin') return staff
  const { role, department } = claimed
  if (staff !== undefined && staff.role === role && staff.department === department) return staff
  await requireRole(app, claimed, staff)
  if (staff !== undefined && app.ports.claimMapping?.changes !== 'certify') {
    throw changed(`the identity provider says ${describe(claimed)} of this person, whose certificate says ${describe(staff)}: an admin of the hospital suspends them and enrols them anew, or sets right what the identity provider says`)
  }
  const people = underWay.get(app.enrolment) ?? new Map<string, Promise<Enrolled>>()
  underWay.set(app.enrolment, people)
  const begun = people.get(claimed.subject) ?? certify(app, claimed, staff).finally(() => { people.delete(claimed.subject) })
  people.set(claimed.subject, begun)
  return await begun
}

async function certify (app: Admission, { subject, role = '', department }: ClaimedAttributes, staff: Enrolled | undefined): Promise<Enrolled> {
  const person = staff === undefined
    ? await enrolPractitioner(app.enrolment, { subject, role, department, by: 'claims' })
    : await certifyAnew(app.enrolment, staff, { role, department })
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

function describe ({ role = 'no role', department }: { role?: string | undefined, department?: string | undefined }): string {
  return department === undefined ? role : `${role} of ${department}`
}
