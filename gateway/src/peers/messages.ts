import { EventId, Hash, Hex, RecordId, RECORDS_PER_REQUEST, SignedAnswer, SignedStatement, Version } from '@epione/protocol'
import { Type } from 'typebox'
import type { Static } from 'typebox'

/** What gateways say to each other; bytes are lowercase hex. */
const strict = { additionalProperties: false }

/** A kfrag (310 bytes) sealed to a proxy's encryption key adds 49 bytes. */
const SEALED_KFRAG_BYTES = 359
const WRAP_BYTES = 170
/** One kfrag for each compartment of a consent. */
const KFRAGS_MAX = 64

export const Wrap = Hex(WRAP_BYTES)
export const SealedKfrag = Type.Object({ kfragId: Hash, sealed: Hex(SEALED_KFRAG_BYTES) }, strict)
export const AskedWrap = Type.Object({ recordId: RecordId, version: Version, wrap: Wrap }, strict)
export const AnsweredRecord = Type.Object({ recordId: RecordId, version: Version, answer: SignedAnswer }, strict)

export const CustodyRequest = Type.Object({ consentId: Hash, kfrags: Type.Array(SealedKfrag, { minItems: 1, maxItems: KFRAGS_MAX }) }, strict)
export const CustodyAnswer = Type.Object({ statementId: Hash, txId: Hash })
export type CustodyAnswer = Static<typeof CustodyAnswer>

export const ReencryptionsRequest = Type.Object({ eventId: EventId, wraps: Type.Array(AskedWrap, { minItems: 1, maxItems: RECORDS_PER_REQUEST }) }, strict)
export const ReencryptionsAnswer = Type.Object({ answers: Type.Array(AnsweredRecord, { maxItems: RECORDS_PER_REQUEST }) })
export type ReencryptionsAnswer = Static<typeof ReencryptionsAnswer>

/** The newest block that a gateway has read of its own peer. */
export const LedgerHead = Type.Object({ blockNumber: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), headerHash: Hash })
export type LedgerHead = Static<typeof LedgerHead>

export const WrapMessage = Type.Object({ wrap: Wrap }, strict)
/** With the signed statement that names the wrap; `replaces` names the wrap that a rewrap puts out of force: only who has that one keeps the new one. */
export const WrapCopy = Type.Object({ wrap: Wrap, manifest: Type.Optional(SignedStatement), rewrap: Type.Optional(SignedStatement), replaces: Type.Optional(Hash) }, strict)
export const WrapKept = Type.Object({ wrapHash: Hash, kept: Type.Boolean() })
