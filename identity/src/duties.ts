import { parseScopes } from '@epione/protocol/api'

/** What somebody does at the hospital, and the most that their tokens may open. The policy of the consortium cuts further. */
export const DUTIES = {
  clinician: 'user/DocumentReference.cruds user/Binary.cruds user/Observation.cruds user/Patient.rs user/Consent.rs user/Provenance.rs',
  desk: 'user/Patient.cruds',
  auditor: 'user/AuditEvent.rs',
  administrator: 'user/Practitioner.cruds',
  'network-admin': 'user/Endpoint.rs'
} as const
export type Duty = keyof typeof DUTIES

const TYPES = ['*', 'AuditEvent', 'Binary', 'Bundle', 'Consent', 'DocumentReference', 'Endpoint', 'Observation', 'Patient', 'Practitioner', 'Provenance']
const FORMS = ['read', 'write', '*', 'c', 'r', 'u', 'd', 's', 'cr', 'cu', 'ru', 'rs', 'cud', 'cru', 'crs', 'cus', 'rus', 'crus', 'cruds']

/** Every scope that clients may ask for: the provider compares them as words. */
export const ALL_SCOPES: readonly string[] = ['user', 'system'].flatMap((context) =>
  TYPES.flatMap((type) => FORMS.map((form) => `${context}/${type}.${form}`)))

/** Those of the scopes asked for that duties allow, or a list of scopes does. */
export function cutScopes (asked: Iterable<string>, allowed: string): string[] {
  const granted = parseScopes(allowed)
  return [...asked].filter((scope) => granted.allows(scope))
}

/** Scopes of duties together. */
export function scopesOf (duties: readonly Duty[]): string {
  return duties.map((duty) => DUTIES[duty]).join(' ')
}
