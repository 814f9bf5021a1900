import type { GrantedScopes } from '@epione/protocol/api'
import type { FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import { notEnrolled } from '../staff/not-enrolled.ts'

/** A member of the hospital's staff with the certified attributes of their X.509 identity. */
export interface Practitioner {
  /** Subject at the identity provider; label of the wallet identity. */
  subject: string
  mspId: string
  staffId: string
  role: string
  department?: string | undefined
  /** Of auditors: organization or consortium. */
  scope?: string | undefined
}

/** Somebody in the patient's stead: a representative or a limited key, by the statement that named it. */
export interface InStead { as: 'representative' | 'delegate', id: string }

/** Who makes a request, once a hook of plugins/auth or peers has told. */
export type Caller =
  | { kind: 'practitioner', subject: string, scopes: GrantedScopes, practitioner?: Practitioner }
  | {
    kind: 'patient'
    patientId: string
    /** The header value, to relay. */ session: string
    /** Who reads for the patient, where that is not the patient. */ inStead?: InStead
  }
  | { kind: 'device', patientId: string, deviceId: string }
  | { kind: 'peer', mspId: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined on routes without authentication. */
    caller: Caller | undefined
  }
}

/** The enrolled member of staff who makes the request. @throws {GatewayError} NOT_ENROLLED */
export function practitionerOf (request: FastifyRequest): Practitioner {
  const { caller } = request
  if (caller?.kind !== 'practitioner' || caller.practitioner === undefined) {
    throw notEnrolled()
  }
  return caller.practitioner
}

/** The patient whose session opened the request, or undefined when the caller is staff. */
export function patientOf (request: FastifyRequest): string | undefined {
  return request.caller?.kind === 'patient' ? request.caller.patientId : undefined
}

/** The device whose session opened the request. @throws {GatewayError} NOT_PERMITTED */
export function deviceOf ({ caller }: FastifyRequest): { patientId: string, deviceId: string } {
  if (caller?.kind === 'device') return caller
  throw new GatewayError('NOT_PERMITTED', 'this needs a session of the device itself')
}

/** Name of the person or patient for whom something is kept here. @throws {GatewayError} NOT_ENROLLED */
export function ownerOf (request: FastifyRequest): string {
  const patientId = patientOf(request)
  return patientId === undefined ? `staff:${practitionerOf(request).staffId}` : `patient:${patientId}`
}

/** Name of the caller under which idempotency keys are kept: nobody else can spend one. */
export function callerName (caller: Caller): string {
  switch (caller.kind) {
    case 'practitioner': return `subject:${caller.subject}`
    case 'patient': return nameOfPatient(caller)
    case 'device': return `device:${caller.deviceId}`
    case 'peer': return `peer:${caller.mspId}`
  }
}

/** Who acts for a patient has a name, and a limit, of their own: they use up nothing of the patient's. */
export function nameOfPatient ({ patientId, inStead }: { patientId: string, inStead?: InStead }): string {
  return inStead === undefined ? `patient:${patientId}` : `patient:${patientId}/${inStead.id}`
}
