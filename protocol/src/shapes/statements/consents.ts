import { Type } from 'typebox'
import {
  AttributeValue, Epoch, Hash, Hex, KeyHex, Level, MediaClass, MspId, PatientId, RecordId, StaffId, TimeMs, Version
} from '../primitives.ts'
import { Action, AnyPurpose, Period, Person, bounded, hasAny, rule, strict, unbounded } from './parts.ts'

const Grantee = Type.Union([
  strict({ kind: Type.Literal('practitioner'), mspId: MspId, staffId: StaffId, receivingKey: KeyHex }),
  /** Its members whom the organisation certifies as of the department; `keyVersion`: of the `Membership` since which it has this key. */
  strict({ kind: Type.Literal('department'), mspId: MspId, department: AttributeValue, keyVersion: Version, receivingKey: KeyHex }),
  /** Of an emergency consent; `keyVersion` is that of the organisation's `OrganizationKeys`. */
  strict({ kind: Type.Literal('organization'), mspId: MspId, keyVersion: Version, receivingKey: KeyHex })
])

const LEVELS = { minItems: 1, maxItems: 3, uniqueItems: true }
const Levels = Type.Array(Level, LEVELS)
const Actions = Type.Array(Action, LEVELS)
const Purposes = Type.Array(AnyPurpose, { minItems: 1, maxItems: 7, uniqueItems: true })
const DEPARTMENT = { mspId: MspId, department: AttributeValue }

/** What the consent does not allow: all that is said must hold of the request and one record of it. No exception has exceptions. */
const Exception = strict({
  actions: Type.Optional(Actions),
  purposes: Type.Optional(Purposes),
  requesters: Type.Optional(Type.Array(Person, { minItems: 1, maxItems: 16 })),
  authors: Type.Optional(Type.Array(Person, { minItems: 1, maxItems: 16 })),
  records: Type.Optional(Type.Array(RecordId, { minItems: 1, maxItems: 64, uniqueItems: true })),
  mediaClasses: Type.Optional(Type.Array(MediaClass, { minItems: 1, maxItems: 4, uniqueItems: true })),
  levels: Type.Optional(Levels),
  dataPeriod: Type.Optional(Period)
}, { minProperties: 1 })

export const ConsentBody = rule(strict({
  type: Type.Literal('Consent'),
  ...bounded,
  patientId: PatientId,
  /** Version of the patient's directory whose delegating and kfrag-signing keys made the kfrags: the newest one when it is granted. */
  directoryVersion: Version,
  grantee: Grantee,
  compartments: Type.Array(strict({
    label: Hash,
    epoch: Epoch,
    /** X of the kfrags with the proof that their maker knows x: 33 and 65 bytes (docs/protocol.md §3). */
    precursor: strict({ point: KeyHex, proof: Hex(65) }),
    /** One kfrag per proxy organisation: its id and commitment U1. */
    shares: Type.Array(strict({ mspId: MspId, kfragId: Hash, commitment: KeyHex }), { minItems: 1, maxItems: 64 })
  }), { minItems: 1, maxItems: 64 }),
  actions: Actions,
  purposes: Purposes,
  notBefore: TimeMs,
  notAfter: TimeMs,
  /** All must hold over the requester's certified attributes; a role also matches by inheritance. */
  conditions: Type.Array(strict({
    attribute: Type.Union([Type.Literal('role'), Type.Literal('department')]),
    anyOf: Type.Array(AttributeValue, { minItems: 1, maxItems: 16 })
  }), { maxItems: 8 }),
  threshold: Type.Integer({ minimum: 1, maximum: 64 }),
  emergency: Type.Boolean(),
  /** How much of IHE PCF a reader must know to judge it: what its members need, at least. Absent: basic. */
  grade: Type.Optional(Type.Enum(['basic', 'intermediate', 'advanced'])),
  /** Needs `intermediate`. */
  exceptions: Type.Optional(Type.Array(Exception, { minItems: 1, maxItems: 16 })),
  /** When the ledger took version 1 of a record, or a segment. Needs `intermediate`. */
  dataPeriod: Type.Optional(Period),
  /** Levels that it covers; absent: all, but V in an emergency. Needs `advanced`. */
  levels: Type.Optional(Levels)
}), (body) => isGraded(body) && isEmergency(body),
'levels need the grade advanced, exceptions and dataPeriod at least intermediate; an emergency consent is for an organisation and BTG alone, and no other is for either')

function isGraded (body: Readonly<Record<string, unknown>>): boolean {
  if ('levels' in body) return body['grade'] === 'advanced'
  return !hasAny(body, 'exceptions', 'dataPeriod') || body['grade'] === 'intermediate' || body['grade'] === 'advanced'
}

function isEmergency ({ emergency, grantee, purposes }: Readonly<Record<string, unknown>>): boolean {
  const isOrganization = typeof grantee === 'object' && grantee !== null && 'kind' in grantee && grantee.kind === 'organization'
  const stated = Array.isArray(purposes) ? purposes : []
  return isOrganization === emergency && (emergency ? stated.every((p) => p === 'BTG') : !stated.includes('BTG'))
}

export const RevocationBody = strict({ type: Type.Literal('Revocation'), ...unbounded, patientId: PatientId, consentId: Hash })

/**
 * By the patient: forbids whatever consents say, break-glass too. All that `forbids` says must hold of the request and one record of it.
 * `ends` names an earlier prohibition that counts no more: it allows again, hence the upper bound.
 */
export const ProhibitionBody = rule(strict({
  type: Type.Literal('Prohibition'),
  ...bounded,
  patientId: PatientId,
  forbids: Type.Optional(strict({
    organizations: Type.Optional(Type.Array(MspId, { minItems: 1, maxItems: 64, uniqueItems: true })),
    departments: Type.Optional(Type.Array(strict(DEPARTMENT), { minItems: 1, maxItems: 16 })),
    requesters: Type.Optional(Type.Array(Person, { minItems: 1, maxItems: 16 })),
    labels: Type.Optional(Type.Array(Hash, { minItems: 1, maxItems: 64, uniqueItems: true })),
    levels: Type.Optional(Levels),
    actions: Type.Optional(Actions),
    purposes: Type.Optional(Purposes)
  }, { minProperties: 1 })),
  ends: Type.Optional(Hash),
  /** Absent: until it is ended. */
  notAfter: Type.Optional(TimeMs)
}), (body) => hasAny(body, 'forbids', 'ends'), 'forbids something, or ends an earlier prohibition, or both')
