import type { Coding, Reference } from 'fhir/r4.js'
import { SYSTEMS } from './systems.ts'

export const patientReference = (patientId: string): Reference => ({ reference: `Patient/${patientId}`, type: 'Patient' })

/** Staff of any hospital, by the ledger's name for them: no resource has it. */
export const staffReference = ({ mspId, staffId }: { mspId: string, staffId: string }): Reference => ({
  type: 'Practitioner', identifier: { system: SYSTEMS.staff, value: `${mspId}/${staffId}` }
})

export const organizationReference = (mspId: string): Reference => ({
  type: 'Organization', identifier: { system: SYSTEMS.organization, value: mspId }
})

export const purposeCoding = (purpose: string): Coding => ({ system: SYSTEMS.purpose, code: purpose })
export const levelCoding = (level: string): Coding => ({ system: SYSTEMS.confidentiality, code: level })
/** An instant of FHIR, UTC. */
export const instantOf = (timeMs: number): string => new Date(timeMs).toISOString()
