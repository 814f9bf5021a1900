import { p256 } from '@noble/curves/nist.js'
import { fromHex, requireBytes, toHex } from './bytes.ts'
import { canonicalize } from './canonical.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { sha256 } from './hash.ts'
import { signedBytes } from './signed-bytes.ts'
import type { SignedStatement } from './statement.ts'
import { readSigned, statementId } from './statement.ts'

/*
 * Statements of a hospital's admin. They have the form of all others and are signed on another curve: the key is that of the
 * admin's certificate, which Fabric's own signatures use too (P-256).
 */
const POINT_BYTES = 33
const ECDSA = { prehash: false, lowS: true, format: 'compact' } as const

/** What admins say, each signature proven; who of them must sign is the model's to judge. */
export interface AdminStatement {
  /** Hex SHA-256 of the canonical bytes. */
  readonly id: string
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
  /** Hex public keys (P-256, 33-byte point), in the order of the signatures. */
  readonly signers: readonly string[]
}

/** The public key of a P-256 secret of 32 bytes: 66 hex digits, a compressed point. */
export function adminKeyOf (secret: Uint8Array): string {
  requireBytes(secret, 'secret', 32)
  return toHex(p256.getPublicKey(secret, true))
}

/**
 * Signs `body` with a P-256 secret (32 bytes; ECDSA, SHA-256, RFC 6979, low S) over the bytes that every statement's signature covers
 * (docs/protocol.md §2). Runs where the admin's key is. Throws `STATEMENT_MALFORMED`, `STATEMENT_TOO_LARGE`.
 */
export function signAsAdmin (body: { readonly type: string }, networkId: Uint8Array, secret: Uint8Array): SignedStatement {
  const text = canonicalize(body)
  const signature = p256.sign(sha256(signedBytes(body.type, networkId, text)), secret, ECDSA)
  return { body: text, signatures: [{ key: adminKeyOf(secret), signature: toHex(signature) }] }
}

/** As `verifyStatement`, of signatures on P-256; its result passes for no statement of a patient or practitioner. Throws the same codes. */
export function verifyAdminStatement (statement: SignedStatement, networkId: Uint8Array): AdminStatement {
  const { type, body, signers, text } = readSigned(statement, networkId, isP256Signature)
  return { id: statementId(text), type, body, signers }
}

function isP256Signature (key: string, signature: Uint8Array, message: Uint8Array): boolean {
  const point = refuseAs('SIGNATURE_INVALID', 'key', () => fromHex(key, POINT_BYTES))
  requirePoint(point)
  return p256.verify(signature, sha256(message), point, ECDSA)
}

function requirePoint (bytes: Uint8Array): void {
  try {
    p256.Point.fromBytes(bytes)
  } catch (error) {
    throw new CryptoError('SIGNATURE_INVALID', 'key: not a compressed point of P-256', { cause: error })
  }
}
