import { PublicKey, patientIdOf } from '@epione/crypto'
import { DIRECTORY_BYTES_MAX, LedgerError, VERSIONS_MAX } from '@epione/protocol'
import { findChangeFault, findIdentityFault, findKeyFault } from '@epione/protocol/verify'
import type { KeyBinding, KeyDirectory, StoredStatement } from '@epione/protocol'
import type { DirectoryHead } from './stored.ts'

/** Rules that every version keeps: valid points, and no two labels or keys alike. */
export function checkDirectoryKeys (directory: KeyDirectory): void {
  const fault = findKeyFault(directory)
  if (fault !== undefined) {
    throw new LedgerError('STATEMENT_INVALID', `Give each compartment, once, and each purpose a key of its own: ${fault}.`)
  }
}

/** A first version, from a registration desk of `mspId`: it starts the patient, whose id is a hash of its identity key. */
export function checkFirstDirectory (first: KeyDirectory, mspId: string): void {
  const { patientId, identityKey, previous, version, custodian } = first
  if (version !== 1 || previous !== undefined) {
    throw new LedgerError('DIRECTORY_CONFLICT', 'Begin a directory with version 1, which has no previous one.')
  }
  if (patientIdOf(parseKey(identityKey)) !== patientId) {
    throw new LedgerError('PATIENT_ID_MISMATCH', 'The patient id is not that of this identity key.')
  }
  if (custodian !== undefined && custodian !== mspId) {
    throw new LedgerError('STATEMENT_INVALID', `Name the organisation that registers the patient as custodian: ${mspId}.`)
  }
  const fault = findChangeFault(first)
  if (fault !== undefined) throw new LedgerError('STATEMENT_INVALID', `Begin every compartment with epoch 1: ${fault}.`)
}

/** A later version: it follows the newest one and keeps what stands. */
export function checkNextDirectory (next: KeyDirectory, head: DirectoryHead, sizeBytes: number): void {
  if (next.version > VERSIONS_MAX) throw new LedgerError('DIRECTORY_CONFLICT', `A directory has at most ${String(VERSIONS_MAX)} versions.`)
  if (head.sizeBytes + sizeBytes > DIRECTORY_BYTES_MAX) {
    throw new LedgerError(
      'DIRECTORY_CONFLICT',
      `All versions of a directory have at most ${String(DIRECTORY_BYTES_MAX)} bytes; this patient's have ${String(head.sizeBytes)}.`
    )
  }
  if (next.version !== head.version + 1 || next.previous !== head.statementId) {
    throw new LedgerError('DIRECTORY_CONFLICT', `Follow version ${String(head.version)}, statement ${head.statementId}.`)
  }
  const fault = findChangeFault(next, head)
  if (fault !== undefined) throw new LedgerError('DIRECTORY_CONFLICT', `Keep what the version before says: ${fault}.`)
}

/** A new identity key: none that an earlier version had. */
export function checkIdentityKey ({ identityKey }: KeyDirectory, versions: readonly StoredStatement[]): void {
  const fault = findIdentityFault(identityKey, versions.map(({ statement }) => (JSON.parse(statement.body) as KeyDirectory).identityKey))
  if (fault !== undefined) throw new LedgerError('DIRECTORY_CONFLICT', `Bring an identity key of its own: ${fault}.`)
}

/** A key whose bytes are a point of the curve. @throws {LedgerError} STATEMENT_INVALID */
export function parseKey (hex: string): PublicKey {
  try {
    return PublicKey.fromHex(hex)
  } catch (error) {
    throw new LedgerError('STATEMENT_INVALID', `${hex} is not a compressed point of secp256k1.`, { cause: error })
  }
}

/** Keys of one person, each for one use. The two that receive nothing sealed sign, which shows that they are points. */
export function checkBoundKeys ({ requestKey, receivingKey, envelopeKey }: KeyBinding): void {
  if (envelopeKey !== undefined) parseKey(envelopeKey)
  if (new Set([requestKey, receivingKey, envelopeKey]).size === 3) return
  throw new LedgerError('STATEMENT_INVALID', 'Bind different keys: one signs requests, one receives answers, and one, where named, department keys.')
}
