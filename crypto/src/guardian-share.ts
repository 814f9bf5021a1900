import type { RandomSource } from './bytes.ts'
import { concatBytes, copyBytes, equalConstantTime, requireBytes, u32, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import { requirePatientId } from './key-ring.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { openSealed, sealTo } from './sealed.ts'

/* 32 bytes of the recovery key and the coordinate, as the library splits them. */
const SHARED_BYTES = 33
const HEAD_BYTES = 5
const HASH_BYTES = 32
const LARGEST_INDEX = 15

const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/* Set by the class below: only this file reads what a share hides. */
let readShared: (share: GuardianShare) => Uint8Array

/**
 * Which share of which patient: `issue` and `shareHash` stand in the patient's `Guardians` statement, `index` is the guardian's place
 * there, from 0.
 */
export interface ShareLocation {
  readonly patientId: string
  readonly issue: number
  readonly index: number
  readonly shareHash: Uint8Array
}
/** Which patient's share is expected, and of which issue. */
export interface SealedShareLocation { readonly patientId: string, readonly issue: number }

/** One guardian's part of a patient's recovery key. It shows itself neither in JSON nor to `inspect`; it leaves by `sealShare` alone. */
export class GuardianShare {
  readonly patientId: string
  readonly issue: number
  /** The guardian's place in the statement, from 0. */
  readonly index: number
  readonly #shared: Uint8Array

  private constructor (patientId: string, issue: number, index: number, shared: Uint8Array) {
    this.patientId = patientId
    this.issue = issue
    this.index = index
    this.#shared = shared
  }

  /** Package-internal, for whoever split the recovery key. */
  static of (patientId: string, issue: number, index: number, shared: Uint8Array): GuardianShare {
    requireBytes(shared, 'shared', SHARED_BYTES)
    return new GuardianShare(patientId, issue, index, copyBytes(shared))
  }

  toJSON (): string {
    return '[GuardianShare]'
  }

  [INSPECT] (): string {
    return `GuardianShare(issue ${this.issue}, guardian ${this.index + 1})`
  }

  static { readShared = (share) => share.#shared }
}

/** Package-internal: what the library combines, 33 bytes. */
export function sharedBytesOf (share: GuardianShare): Uint8Array {
  return readShared(share)
}

/**
 * SHA-256("epione/share-hash" || patient id || u32 issue || u8 index || share 33): by which a forged share is told from the guardian's
 * own.
 */
export function shareHashOf (share: GuardianShare): Uint8Array {
  return domainHash(DOMAINS.shareHash, utf8(share.patientId), plaintextOf(share))
}

/**
 * SHA-256("epione/sealed-share-hash" || sealed share), 32 bytes, in the patient's statement: by which whoever keeps or hands out a
 * sealed share, and cannot open it, tells it from other bytes.
 */
export function sealedShareHash (sealed: Uint8Array): Uint8Array {
  requireBytes(sealed, 'sealed')
  return domainHash(DOMAINS.sealedShareHash, sealed)
}

/** Seals a share for its guardian, associated data "epione/share" || patient id || u32 issue || u8 index. */
export function sealForGuardian (share: GuardianShare, receivingKey: PublicKey, rng?: RandomSource): Uint8Array {
  return sealTo(receivingKey, plaintextOf(share), guardianData(share), rng)
}

/**
 * Opens what the patient sealed for a guardian, and checks that it is the share which the patient's statement commits
 * to. Run by the guardian. Throws `SHARE_INVALID` naming the guardian when it is sealed otherwise, for somebody else or
 * forged.
 */
export function openShare (secret: SecretKey, sealed: Uint8Array, location: ShareLocation): GuardianShare {
  const { patientId, issue, index, shareHash } = location
  requirePatientId(patientId)
  requireBytes(shareHash, 'shareHash', HASH_BYTES)
  const plaintext = refuseAs('SHARE_INVALID', `share of guardian ${index + 1}`, () => openSealed(secret, sealed, guardianData(location)))
  const share = parseShare(plaintext, patientId)
  if (share.issue !== issue || share.index !== index || !equalConstantTime(shareHashOf(share), shareHash)) {
    throw new CryptoError('SHARE_INVALID', `share of guardian ${index + 1}: it is not the one that the patient's statement names`)
  }
  return share
}

/** Seals a guardian's share to the device that recovers, associated data "epione/share-handout" || patient id. */
export function sealShare (share: GuardianShare, receivingKey: PublicKey, rng?: RandomSource): Uint8Array {
  return sealTo(receivingKey, plaintextOf(share), handoutData(share.patientId), rng)
}

/**
 * Opens a share that a guardian handed over; `recoverPhrase` judges whether it is genuine. Run by the recovering device.
 * Throws `SEALED_INVALID` for another device's or patient's, `SHARE_OUTDATED` for an older issue's, `SHARE_INVALID` for anything else.
 */
export function openSealedShare (secret: SecretKey, sealed: Uint8Array, { patientId, issue }: SealedShareLocation): GuardianShare {
  requirePatientId(patientId)
  const share = parseShare(openSealed(secret, sealed, handoutData(patientId)), patientId)
  requireIssue(share, issue)
  return share
}

/** Throws `SHARE_OUTDATED` for a share of an older issue, `SHARE_INVALID` for one of an issue that is not there yet. */
export function requireIssue ({ issue, index }: GuardianShare, expected: number): void {
  if (issue < expected) {
    throw new CryptoError(
      'SHARE_OUTDATED',
      `share of guardian ${index + 1}: it is of issue ${issue}, the patient has issued new ones since (issue ${expected})`
    )
  }
  if (issue > expected) {
    throw new CryptoError('SHARE_INVALID', `share of guardian ${index + 1}: it is of issue ${issue}, the present one is ${expected}`)
  }
}

function parseShare (plaintext: Uint8Array, patientId: string): GuardianShare {
  if (plaintext.length !== HEAD_BYTES + SHARED_BYTES) {
    throw new CryptoError('SHARE_INVALID', `a share has ${HEAD_BYTES + SHARED_BYTES} bytes`)
  }
  const issue = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0)
  const index = plaintext[4] ?? 0
  if (issue < 1 || index > LARGEST_INDEX) {
    throw new CryptoError('SHARE_INVALID', 'a share names its issue from 1 and its guardian from 0 to 15')
  }
  return GuardianShare.of(patientId, issue, index, plaintext.subarray(HEAD_BYTES))
}

function plaintextOf (share: GuardianShare): Uint8Array {
  return concatBytes(headOf(share), readShared(share))
}

function headOf ({ issue, index }: { issue: number, index: number }): Uint8Array {
  return concatBytes(u32(issue), Uint8Array.of(index))
}

function guardianData (location: { patientId: string, issue: number, index: number }): Uint8Array {
  return concatBytes(utf8(DOMAINS.share), utf8(location.patientId), headOf(location))
}

function handoutData (patientId: string): Uint8Array {
  return concatBytes(utf8(DOMAINS.shareHandout), utf8(patientId))
}
