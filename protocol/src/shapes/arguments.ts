import { Type } from 'typebox'
import type { Static } from 'typebox'
import { WRAPS_PER_ANSWER } from './limits.ts'
import { SignedAnswer } from './answers.ts'
import { EventId, Hash, Hex, KeyHex, MspId, PatientId, StaffId } from './primitives.ts'
import { SuspensionCause, SuspensionTarget } from './statements/people.ts'

/** Arguments of transactions that are not statements, because who says them is the transaction's creator. */
const strict = { additionalProperties: false }

/** Argument of `Directory:RegisterProxy`: the proxy of the creator's own organisation. */
export const ProxyRegistration = Type.Object({
  encryptionKey: KeyHex,
  signingKey: KeyHex,
  gatewayUrl: Type.String({ pattern: '^https://[A-Za-z0-9.:\\[\\]-]{1,255}$' })
}, strict)
export type ProxyRegistration = Static<typeof ProxyRegistration>

/** Place and capsule of a wrap, and the hash of its ciphertext. */
export const WrapOutline = Type.Object({ place: Hash, capsule: Hex(98), ciphertextHash: Hash }, strict)

/**
 * Argument of `Access:Accuse`: the organisation whose proxy signed `answer`, and outlines of the wraps it answered for, of all
 * where its cfrags are what is false. The wraps themselves would stay on every ledger when their records are erased.
 */
export const AccusationCase = Type.Object({
  eventId: EventId,
  mspId: MspId,
  answer: SignedAnswer,
  wraps: Type.Array(WrapOutline, { maxItems: WRAPS_PER_ANSWER })
}, strict)
export type AccusationCase = Static<typeof AccusationCase>

/** Argument of `Recovery:StopInPerson`: a registrar says that the patient appeared and stops the request or change of key. */
export const InPersonStop = Type.Object({ patientId: PatientId, target: Hash }, strict)
export type InPersonStop = Static<typeof InPersonStop>

/** Argument of `Directory:EndRepresentationInPerson`: the registrar of the hospital that confirmed a representation ends it. */
export const InPersonRepresentationEnd = Type.Object({ patientId: PatientId, representationId: Hash }, strict)
export type InPersonRepresentationEnd = Static<typeof InPersonRepresentationEnd>

/** Argument of `Directory:SuspendStaff`: what of a member of the creator's own staff ends, and why. */
export const StaffSuspension = Type.Object({ staffId: StaffId, target: SuspensionTarget, cause: SuspensionCause }, strict)
export type StaffSuspension = Static<typeof StaffSuspension>

/** Argument of `Anchors:Record`: a batch that is final on the EVM chain (PROTOCOL §7). Addresses and hashes as 0x-less lowercase hex. */
export const AnchorRecord = Type.Object({
  batch: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  firstBlock: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  lastBlock: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  root: Hash,
  chainId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  contract: Hex(20),
  transactionHash: Hash,
  evmBlock: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
}, strict)
export type AnchorRecord = Static<typeof AnchorRecord>
