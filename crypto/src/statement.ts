import { fromHex, toHex } from './bytes.ts'
import { canonicalHash, canonicalize, parseCanonical } from './canonical.ts'
import { isEcdsaValid } from './curve.ts'
import { CryptoError, refuseAs } from './errors.ts'
import type { SecretKey } from './keys.ts'
import { pointOf, PublicKey, signWith } from './keys.ts'
import { signedBytes } from './signed-bytes.ts'

/** More signers than any statement has; bounds what one costs a verifier. */
export const MAX_SIGNATURES = 32

const TYPE = /^[A-Z][A-Za-z]{0,63}$/

/* A proxy's answer is signed in the same form under this name, and is no statement. */
const RESERVED_TYPE = 'Answer'

/** One signature: `key` 66 hex digits (33-byte point), `signature` 128 hex digits (r || s, low S). */
export interface StatementSignature {
  readonly key: string
  readonly signature: string
}

/** A statement as it travels and is stored: `body` is the canonical text exactly as it was signed. */
export interface SignedStatement {
  readonly body: string
  readonly signatures: readonly StatementSignature[]
}

/** What `signStatement` needs; `body.type` must equal `type`. `networkId`: 32 bytes. */
export interface StatementRequest {
  readonly type: string
  readonly networkId: Uint8Array
  readonly body: object
  readonly keys: readonly SecretKey[]
}

/**
 * A statement of which every signature is proven, its body frozen. Only `verifyStatement` makes one; what the body says is the model's to
 * judge.
 */
export class VerifiedStatement {
  readonly #verified = true
  /** Hex SHA-256 of the canonical bytes. */
  readonly id: string
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
  /** Hex public keys, in the order of the signatures. */
  readonly signers: readonly string[]
  /** The canonical text. */
  readonly text: string

  private constructor (type: string, body: Record<string, unknown>, signers: string[], text: string) {
    this.id = statementId(text)
    this.type = type
    this.body = body
    this.signers = signers
    this.text = text
  }

  /** Package-internal, for `verifyStatement`. */
  static of (type: string, body: Record<string, unknown>, signers: string[], text: string): VerifiedStatement {
    return new VerifiedStatement(type, body, signers, text)
  }

  static isVerified (value: object): boolean {
    return #verified in value
  }
}

/** Hex SHA-256 of the canonical bytes: signatures are not part of it, the nonce in the body makes it unique. */
export function statementId (body: string): string {
  return canonicalHash(body)
}

/**
 * Signs `body` with each of `keys` (ECDSA secp256k1, SHA-256, RFC 6979, low S) over
 * "epione/" || type || "/v1" || 00 || network id || canonical bytes (PROTOCOL §4). Throws `STATEMENT_MALFORMED`,
 * `STATEMENT_TOO_LARGE`, or `RangeError` for no key, a key given twice or a type that differs.
 */
export function signStatement (request: StatementRequest): SignedStatement {
  const { type, networkId, body, keys } = request
  requireType(type)
  if (!('type' in body) || body.type !== type) throw new RangeError(`body.type: expected "${type}"`)
  requireCount(keys.length)
  const text = canonicalize(body)
  const signatures = keys.map((key) => sign(type, networkId, text, key))
  if (new Set(signatures.map(({ key }) => key)).size !== keys.length) throw new RangeError('keys: one is given twice')
  return { body: text, signatures }
}

/** Adds the signature of `key` over the same bytes. Throws what `verifyStatement` throws, so nobody co-signs a bad statement. */
export function cosignStatement (statement: SignedStatement, networkId: Uint8Array, key: SecretKey): SignedStatement {
  const { type, signers } = verifyStatement(statement, networkId)
  if (signers.includes(key.publicKey().toHex())) throw new RangeError('key: has signed already')
  requireCount(signers.length + 1)
  return { body: statement.body, signatures: [...statement.signatures, sign(type, networkId, statement.body, key)] }
}

/**
 * Checks form and every signature of a statement from outside: canonical text, a type, 1 to 32 signatures of
 * distinct keys, each in strict encoding with low S and made for this network. Throws `STATEMENT_MALFORMED`,
 * `STATEMENT_NOT_CANONICAL`, `STATEMENT_TOO_LARGE`, `SIGNATURE_INVALID`. Synchronous: runs in chaincode too.
 */
export function verifyStatement (statement: SignedStatement, networkId: Uint8Array): VerifiedStatement {
  const { type, body, signers, text } = readSigned(statement, networkId, isSecp256k1Signature)
  return VerifiedStatement.of(type, body, signers, text)
}

/** What a statement says, and the keys (hex) of which every signature was checked. */
export interface ReadStatement {
  readonly type: string
  readonly body: Record<string, unknown>
  readonly signers: string[]
  readonly text: string
}

/** Package-internal: form, type and every signature of a statement, on the curve that `isValid` checks; the body comes frozen. */
export function readSigned (statement: SignedStatement, networkId: Uint8Array, isValid: SignatureCheck): ReadStatement {
  const { body: text, signatures } = requireShape(statement)
  const body = parseCanonical(text)
  if (!isRecord(body)) throw new CryptoError('STATEMENT_MALFORMED', 'the body is not an object')
  const type = body['type']
  if (typeof type !== 'string' || !TYPE.test(type) || type === RESERVED_TYPE) {
    throw new CryptoError('STATEMENT_MALFORMED', 'the body has no type')
  }
  const signers = signatures.map(({ key }) => key)
  if (new Set(signers).size !== signers.length) throw new CryptoError('SIGNATURE_INVALID', 'a key has signed twice')
  const message = signedBytes(type, networkId, text)
  for (const { key, signature } of signatures) {
    const bytes = refuseAs('SIGNATURE_INVALID', 'signature', () => fromHex(signature, 64))
    if (!isValid(key, bytes, message)) throw new CryptoError('SIGNATURE_INVALID', `the signature of ${key} does not fit`)
  }
  deepFreeze(body)
  return { type, body, signers, text }
}

/** Whether 64 bytes r || s are the signature of a key (66 hex digits) over `message`; throws `SIGNATURE_INVALID` for what is no key. */
export type SignatureCheck = (key: string, signature: Uint8Array, message: Uint8Array) => boolean

function sign (type: string, networkId: Uint8Array, text: string, key: SecretKey): StatementSignature {
  return { key: key.publicKey().toHex(), signature: toHex(signWith(key, signedBytes(type, networkId, text))) }
}

function isSecp256k1Signature (key: string, signature: Uint8Array, message: Uint8Array): boolean {
  const publicKey = refuseAs('SIGNATURE_INVALID', 'key', () => PublicKey.fromHex(key))
  return isEcdsaValid(signature, message, pointOf(publicKey))
}

/* The type says what callers ought to pass; the bytes came from outside. */
function requireShape (statement: unknown): SignedStatement {
  if (!isRecord(statement) || !hasExactly(statement, ['body', 'signatures']) || typeof statement['body'] !== 'string') {
    throw new CryptoError('STATEMENT_MALFORMED', 'a signed statement has a body and signatures, nothing else')
  }
  const signatures: unknown = statement['signatures']
  if (!Array.isArray(signatures) || signatures.length < 1 || signatures.length > MAX_SIGNATURES) {
    throw new CryptoError('STATEMENT_MALFORMED', `a statement has 1 to ${MAX_SIGNATURES} signatures`)
  }
  return { body: statement['body'], signatures: signatures.map(requireSignatureShape) }
}

function requireSignatureShape (value: unknown): StatementSignature {
  if (!isRecord(value) || !hasExactly(value, ['key', 'signature']) ||
      typeof value['key'] !== 'string' || typeof value['signature'] !== 'string') {
    throw new CryptoError('STATEMENT_MALFORMED', 'a signature has a key and a signature, nothing else')
  }
  return { key: value['key'], signature: value['signature'] }
}

/* What was verified stays what it was, whoever it is handed to. */
function deepFreeze (value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  Object.values(value).forEach(deepFreeze)
}

/** True for a JSON object, not an array. */
export function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True when the members of `value` are exactly `names`. */
export function hasExactly (value: Record<string, unknown>, names: readonly string[]): boolean {
  const members = Object.keys(value)
  return members.length === names.length && names.every((name) => members.includes(name))
}

function requireType (type: string): void {
  if (!TYPE.test(type) || type === RESERVED_TYPE) throw new RangeError('type: expected letters, the first a capital, other than Answer')
}

function requireCount (count: number): void {
  if (count < 1 || count > MAX_SIGNATURES) throw new RangeError(`keys: expected 1 to ${MAX_SIGNATURES}, got ${count}`)
}
