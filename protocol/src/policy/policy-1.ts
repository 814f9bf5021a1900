import type { PolicyDocument } from '../shapes/policy.ts'

/** Of this role is whoever writes records, by every policy. */
export const AUTHOR_ROLE = 'health-professional'
/** Of this role is whoever reviews emergencies of other hospitals, by every policy. */
export const REVIEW_ROLE = 'privacy-officer'

/**
 * The policy that a network begins with. Professional roles follow FHIR's structural roles. Offices are no roles of a policy: what they
 * may do is with the transactions (`TRANSACTION_CALLERS`).
 */
export const POLICY_1: PolicyDocument = {
  version: 1,
  roles: [
    { id: AUTHOR_ROLE, kind: 'structural', parents: [] },
    { id: 'physician', kind: 'structural', parents: [AUTHOR_ROLE] },
    { id: 'nurse', kind: 'structural', parents: [AUTHOR_ROLE] },
    { id: 'pharmacist', kind: 'structural', parents: [AUTHOR_ROLE] },
    { id: 'dentist', kind: 'structural', parents: [AUTHOR_ROLE] },
    { id: 'emergency', kind: 'functional', parents: [AUTHOR_ROLE] },
    { id: 'researcher', kind: 'functional', parents: [] },
    { id: REVIEW_ROLE, kind: 'functional', parents: [] }
  ],
  organizations: [],
  rules: [
    { id: 'professionals-treat', effect: 'permit', roles: [AUTHOR_ROLE], actions: ['read', 'search', 'follow'], purposes: ['TREAT', 'ETREAT'] },
    { id: 'researchers-study', effect: 'permit', roles: ['researcher'], actions: ['read', 'search'], purposes: ['HRESCH'] },
    { id: 'emergency-breaks-glass', effect: 'permit', roles: ['emergency'], actions: ['read', 'search'], purposes: ['BTG'] }
  ],
  emergency: { secondPractitioner: ['R', 'V'], boxHours: 4, openingsPerDay: 24, openingsPerPerson: 8 }
}
