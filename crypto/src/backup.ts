import { combine, split } from 'shamir-secret-sharing'
import type { RandomSource } from './bytes.ts'
import { concatBytes, copyBytes, equalConstantTime, randomBytes, requireBytes, u32, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError } from './errors.ts'
import { GuardianShare, requireIssue, sealedShareHash, sealForGuardian, shareHashOf, sharedBytesOf } from './guardian-share.ts'
import { domainHash, hkdfSha256 } from './hash.ts'
import { deriveKeyRing, patientIdOf, requirePatientId } from './key-ring.ts'
import type { PublicKey } from './keys.ts'
import { entropyOfPhrase, phraseOfEntropy } from './phrase.ts'
import { openXChaCha, sealXChaCha } from './xchacha.ts'

const RECOVERY_KEY_BYTES = 32
const TAG_BYTES = 16
/* Of 12, 15, 18, 21 and 24 words. */
const ENTROPY_LENGTHS = [16, 20, 24, 28, 32]
const MOST_GUARDIANS = 16

/** `guardians` are receiving keys, in the order of the `Guardians` statement; 2 <= threshold <= guardians <= 16. */
export interface BackupRequest {
  readonly patientId: string
  readonly issue: number
  readonly threshold: number
  readonly guardians: readonly PublicKey[]
  readonly phrase: string
}

/** What the patient publishes and stores: `shares` in the order of the guardians, hashes 32 bytes, for the statement. */
export interface Backup {
  readonly backup: Uint8Array
  readonly backupHash: Uint8Array
  readonly shares: readonly { readonly sealed: Uint8Array, readonly shareHash: Uint8Array, readonly sealedHash: Uint8Array }[]
}

/** What a recovery comes with: threshold and hashes from the patient's verified `Guardians` statement of `issue`. */
export interface RecoveryCase {
  readonly patientId: string
  readonly issue: number
  readonly threshold: number
  readonly shareHashes: readonly Uint8Array[]
  readonly shares: readonly GuardianShare[]
  readonly backup: Uint8Array
}

/**
 * Splits a new random recovery key among guardians and encrypts the phrase's entropy under it (PROTOCOL §1). Run by the
 * patient. Throws `PHRASE_INVALID`, or `RangeError` for another patient's phrase, a threshold below 2 or above the
 * number of guardians, or a guardian named twice. The library draws the polynomials itself: `rng` replays all else.
 */
export async function makeBackup (
  { patientId, issue, threshold, guardians, phrase }: BackupRequest,
  rng: RandomSource = randomBytes
): Promise<Backup> {
  requireArguments(patientId, issue, threshold, guardians)
  if (ownerOf(phrase) !== patientId) throw new RangeError('phrase: it is not this patient\'s')
  const recoveryKey = copyBytes(rng(RECOVERY_KEY_BYTES))
  requireBytes(recoveryKey, 'recovery key', RECOVERY_KEY_BYTES)
  const parts = await split(recoveryKey, guardians.length, threshold)
  const entropy = entropyOfPhrase(phrase)
  const { key, nonce } = keyOf(recoveryKey)
  const backup = sealXChaCha(key, nonce, associatedData(patientId, issue), entropy)
  const shares = guardians.map((guardian, index) => {
    const share = GuardianShare.of(patientId, issue, index, parts[index] ?? new Uint8Array())
    const sealed = sealForGuardian(share, guardian, rng)
    return { sealed, shareHash: shareHashOf(share), sealedHash: sealedShareHash(sealed) }
  })
  for (const secret of [recoveryKey, entropy, ...parts]) secret.fill(0)
  return { backup, backupHash: backupHash(backup), shares }
}

/** SHA-256("epione/backup-hash" || backup), 32 bytes: what the `Guardians` statement names. */
export function backupHash (backup: Uint8Array): Uint8Array {
  requireBytes(backup, 'backup')
  return domainHash(DOMAINS.backupHash, backup)
}

/**
 * Judges shares before a recovery waits for the backup: each is the one that the patient committed to, and they suffice. Returns
 * them, each guardian's once. Run by the recovering device. Throws `SHARE_OUTDATED`, `SHARE_INVALID` naming the guardian, `SHARES_TOO_FEW`.
 */
export function requireShares ({ patientId, issue, threshold, shareHashes, shares }: Omit<RecoveryCase, 'backup'>): GuardianShare[] {
  requirePatientId(patientId)
  for (const share of shares) requireGenuine(share, patientId, issue, shareHashes)
  const distinct = [...new Map(shares.map((share) => [share.index, share])).values()]
  if (distinct.length < threshold) {
    throw new CryptoError('SHARES_TOO_FEW', `${threshold} guardians' shares are needed, here are ${distinct.length}`)
  }
  return distinct
}

/**
 * The phrase again, of `threshold` shares and the backup. Run by the recovering device. Throws `SHARE_OUTDATED` for a
 * share of an older issue, `SHARE_INVALID` naming the guardian whose share is not the one the patient committed to,
 * `SHARES_TOO_FEW`, and `BACKUP_INVALID` for a backup that does not open or holds another patient's phrase.
 */
export async function recoverPhrase ({ backup, ...shown }: RecoveryCase): Promise<string> {
  const { patientId, issue, threshold } = shown
  const distinct = requireShares(shown)
  const recoveryKey = await combineShares(distinct.slice(0, threshold))
  const entropy = openBackup(recoveryKey, patientId, issue, backup)
  recoveryKey.fill(0)
  const phrase = phraseOfEntropy(entropy)
  entropy.fill(0)
  if (ownerOf(phrase) !== patientId) throw new CryptoError('BACKUP_INVALID', 'the backup holds the phrase of another patient')
  return phrase
}

/* The library refuses coordinates that repeat: then the patient's client made bad shares. */
async function combineShares (shares: readonly GuardianShare[]): Promise<Uint8Array> {
  try {
    return await combine(shares.map((share) => copyBytes(sharedBytesOf(share))))
  } catch (error) {
    throw new CryptoError('BACKUP_INVALID', 'the shares do not fit together', { cause: error })
  }
}

function requireGenuine (share: GuardianShare, patientId: string, issue: number, shareHashes: readonly Uint8Array[]): void {
  const { index } = share
  if (share.patientId !== patientId) throw new CryptoError('SHARE_INVALID', `share of guardian ${index + 1}: it is of another patient`)
  requireIssue(share, issue)
  const expected = shareHashes[index]
  if (expected === undefined || !equalConstantTime(shareHashOf(share), expected)) {
    throw new CryptoError('SHARE_INVALID', `share of guardian ${index + 1}: it is forged, the patient's statement names another`)
  }
}

function openBackup (recoveryKey: Uint8Array, patientId: string, issue: number, backup: Uint8Array): Uint8Array {
  if (!(backup instanceof Uint8Array) || !ENTROPY_LENGTHS.includes(backup.length - TAG_BYTES)) {
    throw new CryptoError('BACKUP_INVALID', 'a backup has the length of a phrase\'s entropy and 16 bytes')
  }
  const { key, nonce } = keyOf(recoveryKey)
  const entropy = openXChaCha(key, nonce, associatedData(patientId, issue), backup)
  if (entropy === null) throw new CryptoError('BACKUP_INVALID', 'the backup is not of these shares, or was modified')
  return entropy
}

/* The recovery key is random and encrypts once, so key and nonce both come from it. */
function keyOf (recoveryKey: Uint8Array): { key: Uint8Array, nonce: Uint8Array } {
  const okm = hkdfSha256(recoveryKey, undefined, utf8(DOMAINS.backup), 56)
  return { key: okm.subarray(0, 32), nonce: okm.subarray(32) }
}

const associatedData = (patientId: string, issue: number): Uint8Array => concatBytes(utf8(patientId), u32(issue))

function ownerOf (phrase: string): string {
  return patientIdOf(deriveKeyRing(phrase).identity().publicKey())
}

function requireArguments (patientId: string, issue: number, threshold: number, guardians: readonly PublicKey[]): void {
  requirePatientId(patientId)
  if (!Number.isInteger(issue) || issue < 1) throw new RangeError(`issue: expected a positive integer, got ${issue}`)
  if (guardians.length > MOST_GUARDIANS) throw new RangeError(`guardians: expected at most ${MOST_GUARDIANS}, got ${guardians.length}`)
  if (!Number.isInteger(threshold) || threshold < 2 || threshold > guardians.length) {
    throw new RangeError(`threshold: expected 2 to the ${guardians.length} guardians, got ${threshold}`)
  }
  if (new Set(guardians.map((guardian) => guardian.toHex())).size !== guardians.length) {
    throw new RangeError('guardians: one is named twice')
  }
}
