import { Type } from 'typebox'
import type { Static, TString } from 'typebox'

/** Lowercase hex of exactly `bytes` bytes. */
export const Hex = (bytes: number): TString => Type.String({ pattern: `^[0-9a-f]{${String(bytes * 2)}}$` })

/** 32-byte SHA-256 digest, hex. */
export const Hash = Hex(32)
/** 33-byte compressed secp256k1 point, hex. */
export const KeyHex = Type.String({ pattern: '^0[23][0-9a-f]{64}$' })
/** 16 random bytes, hex. */
export const Nonce = Hex(16)
/** 16 random bytes chosen by the author, hex; a stream's is its device's (`streamIdOf`). */
export const RecordId = Hex(16)
/** base32 of 20 bytes (PROTOCOL §1). */
export const PatientId = Type.String({ pattern: '^[a-z2-7]{32}$' })
export const MspId = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9.-]{0,63}$' })
/** Opaque id of a member of staff, the enrolment id of the certificate. */
export const StaffId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{2,63}$' })
/**
 * Common name of an X.509 certificate (at most 64 characters, RFC 5280 A.1): of a person who is no staff of a gateway's enrolment, as a
 * registrar.
 */
export const CommonName = Type.String({ minLength: 1, maxLength: 64 })
/** Milliseconds since the Unix epoch. */
export const TimeMs = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 })
export const Epoch = Version
/** Number or count of what a chain or stream has, from 1. */
export const Count = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** 16 bytes that follow from the device and a number of its own (`streamIdOf`), hex. */
export const StreamId = Hex(16)
/** A 32-byte secret sealed to one key (docs/protocol.md §6): 33 + 32 + 16 bytes, hex. */
export const SealedSecret = Hex(81)
/** HL7 v3 confidentiality, in rising order N < R < V. */
export const Level = Type.Union([Type.Literal('N'), Type.Literal('R'), Type.Literal('V')])
/** HL7 v3 ActReason codes that a request may state. BTG (break-glass) is not a purpose one can simply state. */
export const PURPOSES = ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'HRESCH', 'PUBHLTH'] as const
export const PurposeCode = Type.Enum(PURPOSES)
/** Break-glass: the emergency in which nobody can consent. */
export const EMERGENCY_PURPOSE = 'BTG'
export const MediaClass = Type.Union([Type.Literal('document'), Type.Literal('image'), Type.Literal('signal'), Type.Literal('structured')])
/** CIDv1 in base32, of raw or dag-pb content. */
export const Cid = Type.String({ pattern: '^b[a-z2-7]{58}$' })
/** Access event id: patientId.timeMs(13 digits).txId, so that it names its own ledger key. */
export const EventId = Type.String({ pattern: '^[a-z2-7]{32}\\.[0-9]{13}\\.[0-9a-f]{64}$' })
/** Serial number of an X.509 certificate, at most 20 bytes, hex without leading zero bytes. */
export const CertificateSerial = Type.String({ pattern: '^(?!00)([0-9a-f]{2}){1,20}$' })
/** Opaque code of a department or role in a certificate. */
export const AttributeValue = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' })

export type Level = Static<typeof Level>
export type MediaClass = Static<typeof MediaClass>
export type Purpose = (typeof PURPOSES)[number] | typeof EMERGENCY_PURPOSE
