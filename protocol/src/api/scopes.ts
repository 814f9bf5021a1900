/** Scopes that tokens may carry, in the SMART style. */
export const SCOPES = {
  registerRecords: 'user/DocumentReference.c',
  readRecords: 'user/DocumentReference.rs',
  registerPatients: 'user/Patient.c',
  readAccessLog: 'user/AuditEvent.rs',
  enrolStaff: 'system/Practitioner.c'
} as const

export type Scope = (typeof SCOPES)[keyof typeof SCOPES]

/** Scopes of whoever works with records or their log. */
export const ANY_STAFF = [SCOPES.readRecords, SCOPES.registerRecords, SCOPES.readAccessLog] as const
