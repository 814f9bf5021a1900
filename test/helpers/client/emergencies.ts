import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import {
  BearerToken, bindKeys, foundDepartment, makeDepartment, publishEmergencyKey, readDepartment, readSelf, signEmergency, submitEmergency
} from '@epione/sdk'
import type { EmergencyWanted, PractitionerContext } from '@epione/sdk'
import { adminSecret } from '../founding.ts'
import type { Hospital, Hospitals } from './hospitals.ts'

const DEPARTMENT = 'emergency-room'

/** Somebody enrolled with a role, whose keys are bound. */
export async function hire (
  hospitals: Hospitals, own: Hospital, subject: string, role: string, department?: string
): Promise<PractitionerContext> {
  await own.gateway.enrol(subject, role, department === undefined ? {} : { department })
  const context = hospitals.client(own)
  const token = new BearerToken(await own.gateway.token(subject, 'user/DocumentReference.rs user/AuditEvent.rs'))
  const person: PractitionerContext = {
    ...context, role: 'practitioner', person: await readSelf(context, token), keys: deriveKeyRing(generatePhrase(12)), keyNumber: 1, token
  }
  await bindKeys(person)
  return person
}

/** A hospital whose emergency room can break the glass: its key is published, for patients to deposit for. */
export async function openEmergencyRoom (hospitals: Hospitals, own: Hospital): Promise<PractitionerContext> {
  const doctor = await hire(hospitals, own, 'dr-emergency', 'emergency', DEPARTMENT)
  const { file } = await makeDepartment(doctor, DEPARTMENT, [])
  const registrar = new BearerToken(await own.gateway.token('head-of-staff', 'system/Practitioner.c'))
  await foundDepartment({ ...hospitals.client(own), role: 'token', token: registrar }, file)
  const { body: { receivingKey: emergencyKey } } = await readDepartment(doctor, { mspId: own.mspId, department: DEPARTMENT })
  await publishEmergencyKey({ ...hospitals.client(own), role: 'admin', secret: adminSecret(own.mspId) }, { mspId: own.mspId, emergencyKey })
  return doctor
}

/** Breaks the glass for one record of a patient who deposited for it. */
export async function breakGlass (
  doctor: PractitionerContext, { patientId, recordId, reason = 'threat-to-life' }: { patientId: string, recordId: string, reason?: EmergencyWanted['reason'] }
): Promise<string> {
  const { eventId } = await submitEmergency(doctor, await signEmergency(doctor, { patientId, records: [{ recordId }], reason }))
  return eventId
}
