import { Hash, Hex, RecordId, RECORDS_PER_REQUEST, SignedAnswer, Version } from '@epione/chaincode/model'
import { Type } from 'typebox'
import type { Static } from 'typebox'

/** What gateways say to each other; bytes are lowercase hex. */
const strict = { additionalProperties: false }

/** A kfrag (310 bytes) sealed to a proxy's encryption key adds 49 bytes. */
const SEALED_KFRAG_BYTES = 359

export const Wrap = Hex(170)
export const SealedKfrag = Type.Object({ kfragId: Hash, sealed: Hex(SEALED_KFRAG_BYTES) }, strict)

export const CustodyAnswer = Type.Object({ statementId: Hash, txId: Hash })
export type CustodyAnswer = Static<typeof CustodyAnswer>

export const AnsweredRecord = Type.Object({ recordId: RecordId, version: Version, answer: SignedAnswer }, strict)
export const ReencryptionsAnswer = Type.Object({ answers: Type.Array(AnsweredRecord, { maxItems: RECORDS_PER_REQUEST }) })
export type ReencryptionsAnswer = Static<typeof ReencryptionsAnswer>

export const WrapAnswer = Type.Object({ wrap: Wrap }, strict)
