import { Type } from 'typebox'
import { DEPARTMENT_MEMBERS_MAX } from '../limits.ts'
import { AttributeValue, CertificateSerial, Hash, KeyHex, MspId, StaffId, Version } from '../primitives.ts'
import { bounded, follows, rule, strict, unbounded } from './parts.ts'

/** Signed by the request-signing key and the receiving key, from version 2 also by the former request-signing key. */
export const KeyBindingBody = strict({
  type: Type.Literal('KeyBinding'),
  ...bounded,
  mspId: MspId,
  staffId: StaffId,
  version: Version,
  receivingKey: KeyHex,
  requestKey: KeyHex,
  /** What department keys are sealed to: a key that receives re-encryptions enters no other Diffie-Hellman. */
  envelopeKey: Type.Optional(KeyHex)
})

const PREVIOUS = 'the first version names none before it, every other one does'

/**
 * The members of a department and the receiving key that they share. Its secret is sealed (81 bytes, docs/protocol.md §6) to each
 * member's envelope key; the hospital keeps the envelopes, the statement their hashes. Signed by a member's request key.
 */
export const MembershipBody = rule(strict({
  type: Type.Literal('Membership'),
  ...bounded,
  mspId: MspId,
  department: AttributeValue,
  /** Rises by one with each change; a member who leaves makes a new key necessary, one who comes does not. */
  version: Version,
  previous: Type.Optional(Hash),
  receivingKey: KeyHex,
  /** Each once, by staff id. */
  members: Type.Array(strict({ staffId: StaffId, envelopeHash: Hash }), { minItems: 1, maxItems: DEPARTMENT_MEMBERS_MAX })
}), ({ version, previous }) => follows(version, previous), PREVIOUS)

/** What of a person's ends at a block: all that they are, one of their certificates, or one of their keys. */
export const SuspensionTarget = Type.Union([
  strict({ kind: Type.Literal('person') }),
  strict({ kind: Type.Literal('certificate'), serial: CertificateSerial }),
  strict({ kind: Type.Literal('key'), key: KeyHex })
])
export const SUSPENSION_CAUSES = ['left', 'lost', 'compromised', 'error', 'replaced'] as const
export const SuspensionCause = Type.Enum([...SUSPENSION_CAUSES])

/**
 * By the person, with the request key that is bound: ends them, a certificate or a key, for good. Their hospital's registrar says the same
 * in a transaction of its own.
 */
export const SuspensionBody = strict({
  type: Type.Literal('Suspension'),
  ...unbounded,
  mspId: MspId,
  staffId: StaffId,
  target: SuspensionTarget,
  cause: SuspensionCause
})
