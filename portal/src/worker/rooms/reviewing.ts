import { parseEventId, REVIEW_FINDINGS, REVIEW_ROLE, roleIs } from '@epione/protocol'
import type { ShownEmergency } from '@epione/protocol/api'
import { ClientError, listEmergencies, readPolicyInForce, reviewEmergency } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { practitionerOf } from '../practitioner.ts'
import type { Proposal } from '../proposal.ts'

/** Why whoever is signed in cannot say what they found: another's to say, not yet, or said already. */
export type Hindrance = 'role' | 'own' | 'open' | 'reviewed'

/** A box as the own hospital shows it, and whether the person who is signed in may review it; the ledger decides again. */
export interface BoxShown { box: ShownEmergency, findings: string[], hindrance?: Hindrance }

/** @throws {ClientError} NOT_FOUND */
export async function readBox (desk: Desk, { eventId }: { eventId: string }): Promise<BoxShown> {
  const context = await desk.token()
  const { own } = context.gateways
  const patientId = parseEventId(eventId)?.patientId
  const listed = patientId === undefined ? [] : await listEmergencies(context, { patientId })
  const box = listed.find((one) => one.eventId === eventId)
  if (box === undefined) throw new ClientError('NOT_FOUND', `${own.info.mspId} shows you no emergency of this number.`)
  const [{ role }, { policy }] = await Promise.all([own.getSelf(context.token.authorize), readPolicyInForce(context)])
  const hindrance = box.state === 'reviewed'
    ? 'reviewed'
    : !roleIs(policy, role, REVIEW_ROLE) ? 'role' : box.mspId === own.info.mspId ? 'own' : box.state === 'open' ? 'open' : undefined
  return { box, findings: [...REVIEW_FINDINGS], ...(hindrance === undefined ? {} : { hindrance }) }
}

type Review = Parameters<typeof reviewEmergency>[1]

/** Closes the review of a box with what its officer found, under that officer's own key. */
export async function review (desk: Desk, wanted: Review): Promise<Proposal<unknown>> {
  const context = await practitionerOf(desk)
  const { patientId, eventId, finding } = structuredClone(wanted)
  return {
    says: {
      title: 'review.confirm',
      lines: [
        { label: 'audit.filter.eventId', value: eventId, kind: 'code' },
        { label: 'audit.patient', value: patientId, kind: 'code' },
        { label: 'review.finding', value: `audit.finding.${finding}`, kind: 'message' },
        { label: 'review.by', value: `${context.person.mspId}/${context.person.staffId}`, kind: 'person' }
      ],
      warnings: ['review.final']
    },
    carry: () => reviewEmergency(context, { patientId, eventId, finding })
  }
}
