import { Type } from 'typebox'
import { COMPARTMENTS_PER_SEARCH, FOLLOW_MS, RECORDS_PER_REQUEST } from '../limits.ts'
import { AttributeValue, EventId, Hash, KeyHex, PatientId, StaffId, StreamId } from '../primitives.ts'
import { Action, AnyPurpose, Compartment, Person, RecordVersion, bounded, hasOne, rule, strict, unbounded } from './parts.ts'

export const EMERGENCY_REASONS = ['cannot-consent', 'threat-to-life', 'covering', 'identity-unknown'] as const
export const REVIEW_FINDINGS = ['justified', 'unjustified', 'unclear'] as const

/** Break-glass. The first request of a box names no opening and becomes it; later ones name its event. */
export const Emergency = strict({
  opening: Type.Optional(EventId),
  /** Another bound person of the requester's organisation, whose request key signs, too. */
  second: Type.Optional(StaffId),
  /** Why nobody was asked; words about it are behind the commitment of `reason`. */
  reason: Type.Enum([...EMERGENCY_REASONS])
})

/** What each action is asked for. */
const TARGETS = { read: 'records', search: 'compartments', follow: 'stream' } as const

export const AccessRequestBody = rule(strict({
  type: Type.Literal('AccessRequest'),
  ...bounded,
  requester: Person,
  patientId: PatientId,
  consentId: Type.Optional(Hash),
  action: Action,
  records: Type.Optional(Type.Array(RecordVersion, { minItems: 1, maxItems: RECORDS_PER_REQUEST })),
  /** Where to look for keywords. */
  compartments: Type.Optional(Type.Array(Compartment, { minItems: 1, maxItems: COMPARTMENTS_PER_SEARCH })),
  /** One stream, its windows above the head at the permit's block, for at most an hour. */
  stream: Type.Optional(strict({ stream: StreamId, lastsMs: Type.Integer(FOLLOW_MS) })),
  purpose: AnyPurpose,
  /** Coded reason with a salted commitment of its text; the text itself never reaches the ledger. */
  reason: Type.Optional(strict({ code: AttributeValue, commitment: Hash })),
  emergency: Type.Optional(Emergency),
  receivingKey: KeyHex
}), (body) => hasOne(body, ...Object.values(TARGETS)) && isTarget(body) && (body['purpose'] === 'BTG') === ('emergency' in body),
'to read names records, to search compartments, to follow a stream, and nothing else; BTG states its emergency')

function isTarget (body: Readonly<Record<string, unknown>>): boolean {
  const { action } = body
  return typeof action === 'string' && Object.entries(TARGETS).some(([name, target]) => name === action && target in body)
}

/** Ends a box before its time, by the practitioner who opened it. */
export const EmergencyCloseBody = strict({
  type: Type.Literal('EmergencyClose'),
  ...unbounded,
  requester: Person,
  patientId: PatientId,
  opening: EventId
})

/** What a listed person of another organisation found of a box; signed by that person's request key. */
export const ReviewBody = strict({
  type: Type.Literal('Review'),
  ...bounded,
  reviewer: Person,
  patientId: PatientId,
  opening: EventId,
  finding: Type.Enum([...REVIEW_FINDINGS]),
  /** Salted commitment of the reviewer's words. */
  commitment: Type.Optional(Hash)
})
