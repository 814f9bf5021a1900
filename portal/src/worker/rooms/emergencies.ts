import { EMERGENCY_REASONS } from '@epione/protocol'
import type { ShownEmergency } from '@epione/protocol/api'
import { closeEmergency, listEmergencies, signEmergency, submitEmergency } from '@epione/sdk'
import type { EmergencyWanted } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { practitionerOf } from '../practitioner.ts'
import type { Proposal } from '../proposal.ts'
import { orDenied } from './reading.ts'
import type { Asked } from './reading.ts'

export interface EmergenciesShown { items: ShownEmergency[], reasons: string[] }

/** Boxes that this person opened, newest first, with what became of their reviews. */
export async function listOwn (desk: Desk): Promise<EmergenciesShown> {
  const context = await practitionerOf(desk)
  return { items: await listEmergencies(context, context.person), reasons: [...EMERGENCY_REASONS] }
}

export type Broken = Extract<Asked, { decision: 'deny' }> | {
  decision: 'permit', eventId: string, records: Array<{ recordId: string, version: number }>, expiresAt?: number
}

type Wanted = Pick<EmergencyWanted, 'patientId' | 'reason'> & { records: string[] }

/** Breaks the glass. */
export async function breakGlass (desk: Desk, wanted: Wanted): Promise<Proposal<Broken>> {
  const context = await practitionerOf(desk)
  const { patientId, records, reason } = structuredClone(wanted)
  return {
    says: {
      title: 'glass.confirm',
      lines: [
        { label: 'patient.id', value: patientId, kind: 'code' },
        { label: 'glass.records', value: records.join(', '), kind: 'code' },
        { label: 'glass.reason', value: `glass.reason.${reason}`, kind: 'message' }
      ],
      warnings: ['glass.means', 'glass.reviewed']
    },
    carry: async () => await orDenied(context, async () => {
      const statement = await signEmergency(context, { patientId, reason, records: records.map(named) })
      const { eventId, records: permitted, expiresAt } = await submitEmergency(context, statement)
      return { decision: 'permit', eventId, records: permitted, ...(expiresAt === undefined ? {} : { expiresAt }) }
    })
  }
}

/** `ID` or `ID:VERSION`. */
function named (text: string): { recordId: string, version?: number } {
  const [recordId = '', version] = text.split(':')
  return { recordId, ...(version === undefined ? {} : { version: Number(version) }) }
}

/** Ends a box before its time. */
export async function close (desk: Desk, { patientId, eventId }: { patientId: string, eventId: string }): Promise<Proposal<unknown>> {
  const context = await practitionerOf(desk)
  return {
    says: {
      title: 'glass.close.confirm',
      lines: [{ label: 'patient.id', value: patientId, kind: 'code' }, { label: 'ask.event', value: eventId, kind: 'code' }],
      warnings: []
    },
    carry: () => closeEmergency(context, { patientId, eventId })
  }
}
