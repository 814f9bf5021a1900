/** Scopes that tokens may carry, in the SMART style. */
export const SCOPES = {
  registerRecords: 'user/DocumentReference.c',
  readRecords: 'user/DocumentReference.rs',
  registerPatients: 'user/Patient.c',
  readAccessLog: 'user/AuditEvent.rs',
  enrolStaff: 'user/Practitioner.c',
  /** The same for a program of the hospital, such as that of its personnel department. */
  enrolStaffUnattended: 'system/Practitioner.c',
  /** How the hospital's part of the network is: of FHIR's types, the one that says whether and how a system can be reached. */
  readState: 'user/Endpoint.rs'
} as const

export type Scope = (typeof SCOPES)[keyof typeof SCOPES]

/** Scopes of whoever works with records or their log. */
export const ANY_STAFF = [SCOPES.readRecords, SCOPES.registerRecords, SCOPES.readAccessLog] as const

/** Scopes of whoever enrols staff. */
export const ENROL_STAFF = [SCOPES.enrolStaff, SCOPES.enrolStaffUnattended] as const

/** What a token's scopes open together. */
export interface GrantedScopes {
  /** True when the scopes in union grant every interaction of `wanted`, for its own context and resource type. */
  allows: (wanted: string) => boolean
}

interface ParsedScope { context: string, resource: string, interactions: string, isPartial: boolean }

/** Interactions in SMART v2's order: create, read, update, delete, search. */
const ALL = 'cruds'
/** SMART v1's words in v2's letters. */
const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': ALL }
const SYNTAX = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]{0,63})\.(read|write|\*|c?r?u?d?s?)(\?.+)?$/

/**
 * Reads the `scope` of a token: SMART App Launch's forms v1 (`user/Patient.read`) and v2 (`user/Patient.rs`), of which several are a
 * union in any order. Others, such as `openid`, grant nothing here, and neither does one for a part of a type (`?category=...`): whoever
 * cannot see into records cannot tell which part one belongs to.
 */
export function parseScopes (text: string): GrantedScopes {
  const granted = new Map<string, Set<string>>()
  for (const word of text.split(' ')) {
    const scope = parseScope(word)
    if (scope === undefined || scope.isPartial) continue
    const name = `${scope.context}/${scope.resource}`
    const letters = granted.get(name) ?? new Set()
    for (const letter of scope.interactions) letters.add(letter)
    granted.set(name, letters)
  }
  return {
    allows: (wanted) => {
      const scope = parseScope(wanted)
      if (scope === undefined || scope.isPartial) return false
      const { context, resource, interactions } = scope
      const [own, any] = [granted.get(`${context}/${resource}`), granted.get(`${context}/*`)]
      return Array.from(interactions).every((letter) => own?.has(letter) === true || any?.has(letter) === true)
    }
  }
}

function parseScope (word: string): ParsedScope | undefined {
  const [, context = '', resource = '', suffix = '', part] = SYNTAX.exec(word) ?? []
  const interactions = V1[suffix] ?? suffix
  return interactions === '' ? undefined : { context, resource, interactions, isPartial: part !== undefined }
}
