import { Type } from 'typebox'
import type { Static } from 'typebox'
import { RECORDS_PER_REQUEST } from './limits.ts'
import { SignedAnswer } from './answers.ts'
import { EventId, Hash, Hex, KeyHex, MspId, PatientId, RecordId, Version } from './primitives.ts'

/** Arguments of transactions that are not statements, because who says them is the transaction's creator. */
const strict = { additionalProperties: false }

/** Argument of `Directory:RegisterProxy`: the proxy of the creator's own organisation. */
export const ProxyRegistration = Type.Object({
  encryptionKey: KeyHex,
  signingKey: KeyHex,
  gatewayUrl: Type.String({ pattern: '^https://[A-Za-z0-9.:\\[\\]-]{1,255}$' })
}, strict)
export type ProxyRegistration = Static<typeof ProxyRegistration>

/**
 * Argument of `Access:Accuse`: the organisation whose proxy signed `answer`, and the outline of the wrap it answered for. The wrap
 * itself would stay on every ledger when its record is erased.
 */
export const AccusationCase = Type.Object({
  eventId: EventId,
  mspId: MspId,
  recordId: RecordId,
  version: Version,
  answer: SignedAnswer,
  wrap: Type.Object({ capsule: Hex(98), ciphertextHash: Hash }, strict)
}, strict)
export type AccusationCase = Static<typeof AccusationCase>

/** Argument of `Records:FindWraps`: hashes of wraps. */
export const WrapHashes = Type.Array(Hash, { minItems: 1, maxItems: RECORDS_PER_REQUEST })
export type WrapHashes = Static<typeof WrapHashes>

/** Argument of `Recovery:StopInPerson`: a registrar says that the patient appeared and stops the request or change of key. */
export const InPersonStop = Type.Object({ patientId: PatientId, target: Hash }, strict)
export type InPersonStop = Static<typeof InPersonStop>

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
