import { HDKey } from '@scure/bip32'
import { concatBytes, copyBytes, requireBytes, toBase32, toHex, utf8 } from './bytes.ts'
import { secretFromDigest } from './curve.ts'
import { DOMAINS, UMBRAL_DOMAINS } from './domains.ts'
import { CryptoError } from './errors.ts'
import { domainHash, hkdfSha256, hmacSha256, umbralHash } from './hash.ts'
import type { PublicKey } from './keys.ts'
import { SecretKey } from './keys.ts'
import { seedOfPhrase } from './phrase.ts'

/** Last number of the path m/7413'/use' of each purpose (PROTOCOL §1). */
export const PURPOSES = {
  identity: 0,
  compartments: 1,
  kfragSigning: 2,
  receiving: 3,
  requestSigning: 4,
  search: 5,
  devices: 6,
  labels: 7,
  recovery: 8,
  envelopes: 9
} as const

const ACCOUNT = 7413
const PATIENT_ID_BYTES = 20
const PATIENT_ID = /^[a-z2-7]{32}$/
const CATEGORY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The purposes of a ring's keys. */
export type Purpose = keyof typeof PURPOSES
type Seeds = Readonly<Partial<Record<Purpose, Uint8Array>>>

/* Set by the class below: `exportSeeds` reads what no method shows. */
let readSeeds: (ring: KeyRing) => Seeds
const SEED_BYTES = 32

/** A compartment of a patient and the issue of its search key; `label` 32 bytes, epoch and issue from 1. */
export interface IndexPlace { readonly patientId: string, readonly label: Uint8Array, readonly epoch: number, readonly issue: number }

/** Where a patient sums up a stream: its id (16 bytes) and the compartment's label (32), in hex; `number` is raised when a device ended. */
export interface RollUpPlace { readonly stream: string, readonly label: string, readonly number: number }

/** A patient's own device that writes roll-ups: its key, the salt of its kinds (32 bytes), and its streams (16 bytes each). */
export interface RollUpKeys { readonly key: SecretKey, readonly salt: Uint8Array }

/** What a guardian or representative keeps for one patient: signs, and receives what is sealed. */
export interface GuardianKeys { readonly signing: SecretKey, readonly receiving: SecretKey }

/**
 * All keys of one person, found again from the phrase alone. It keeps 32-byte purpose seeds, not the phrase; one made of some seeds has
 * no keys for other purposes, and asking for those is a `TypeError`.
 */
export class KeyRing {
  readonly #seeds: Seeds

  protected constructor (seeds: Seeds) {
    this.#seeds = seeds
  }

  /** A ring of what `exportSeeds` gave for the same purposes. Throws `LENGTH_INVALID`. */
  static fromSeeds (bytes: Uint8Array, purposes: readonly Purpose[]): KeyRing {
    if (bytes.length !== purposes.length * SEED_BYTES) {
      throw new CryptoError('LENGTH_INVALID', `${purposes.length} seeds: expected ${purposes.length * SEED_BYTES} bytes, got ${bytes.length}`)
    }
    const seedAt = (n: number): Uint8Array => copyBytes(bytes.subarray(n * SEED_BYTES, (n + 1) * SEED_BYTES))
    return new KeyRing(Object.fromEntries(purposes.map((purpose, n) => [purpose, seedAt(n)])))
  }

  static fromPhrase (phrase: string): KeyRing {
    const seed = seedOfPhrase(phrase)
    const master = HDKey.fromMasterSeed(seed)
    seed.fill(0)
    const ring = new KeyRing({
      identity: purposeSeed(master, 'identity'),
      compartments: purposeSeed(master, 'compartments'),
      kfragSigning: purposeSeed(master, 'kfragSigning'),
      receiving: purposeSeed(master, 'receiving'),
      requestSigning: purposeSeed(master, 'requestSigning'),
      search: purposeSeed(master, 'search'),
      devices: purposeSeed(master, 'devices'),
      labels: purposeSeed(master, 'labels'),
      recovery: purposeSeed(master, 'recovery'),
      envelopes: purposeSeed(master, 'envelopes')
    })
    master.wipePrivateData()
    return ring
  }

  /** Signs directories and statements; `number` is raised on rotation. */
  identity (number = 1): SecretKey {
    return singleKey(this.#seed('identity'), number)
  }

  /** Delegating key of one category in one epoch. */
  compartment (category: string, epoch = 1): SecretKey {
    requireCategory(category)
    requireNumber(epoch, 'epoch')
    return labelKey(this.#seed('compartments'), `${category}/${epoch}`)
  }

  kfragSigning (number = 1): SecretKey {
    return singleKey(this.#seed('kfragSigning'), number)
  }

  /** The key to which proxies re-encrypt. */
  receiving (number = 1): SecretKey {
    return singleKey(this.#seed('receiving'), number)
  }

  requestSigning (number = 1): SecretKey {
    return singleKey(this.#seed('requestSigning'), number)
  }

  /**
   * HKDF-SHA256(request-signing seed, "epione/certificate/" + number), 48 bytes: of these a `CertificateKey` is made. `number` is raised
   * when a certificate ended because its key may be known.
   */
  certificateSeed (number = 1): Uint8Array {
    requireNumber(number, 'number')
    return hkdfSha256(this.#seed('requestSigning'), undefined, utf8(`${DOMAINS.certificate}/${number}`), 48)
  }

  /** The key that department keys are sealed to: one that receives re-encryptions enters no other Diffie-Hellman. */
  envelope (number = 1): SecretKey {
    return singleKey(this.#seed('envelopes'), number)
  }

  /** What index entries of one category are made for, in one epoch and issue: its secret opens them. */
  search (category: string, epoch: number, issue: number): SecretKey {
    requireCategory(category)
    requireNumber(epoch, 'epoch')
    requireNumber(issue, 'issue')
    return labelKey(this.#seed('search'), `${category}/${epoch}/${issue}`)
  }

  /** With what an author makes index entries of one patient's compartment and issue, and of no other. */
  indexing ({ patientId, label, epoch, issue }: IndexPlace): SecretKey {
    requirePatientId(patientId)
    requireBytes(label, 'label', 32)
    requireNumber(epoch, 'epoch')
    requireNumber(issue, 'issue')
    return labelKey(this.#seed('search'), `index/${patientId}/${toHex(label)}/${epoch}/${issue}`)
  }

  /** HMAC-SHA256(search seed, "epione/search-cache"), 32 bytes: seals what this person's searches keep on their own machine. */
  searchCacheKey (): Uint8Array {
    return hmacSha256(this.#seed('search'), utf8(DOMAINS.searchCache))
  }

  /**
   * HMAC-SHA256(search seed, "epione/named-record/" + name), its first 16 bytes: a record id that its author finds again by the name that
   * the record goes by elsewhere, so that what is sent twice is one record. It tells nobody the name.
   */
  namedRecordId (name: string): Uint8Array {
    return hmacSha256(this.#seed('search'), utf8(`${DOMAINS.namedRecord}/${name}`)).subarray(0, 16)
  }

  /**
   * Keys as a guardian of `patientId`, for this patient alone: nothing links one person's guardianships (labels `guardian-sign/<id>/1`,
   * `guardian-share/<id>/1`).
   */
  guardian (patientId: string): GuardianKeys {
    requirePatientId(patientId)
    return {
      signing: labelKey(this.#seed('recovery'), `guardian-sign/${patientId}/1`),
      receiving: labelKey(this.#seed('recovery'), `guardian-share/${patientId}/1`)
    }
  }

  /**
   * Keys with which to act for `patientId`, `number` raised for each further representation: nothing links one person's (labels
   * `represent-sign/<id>/<number>`, `represent-receive/<id>/<number>`).
   */
  representative (patientId: string, number = 1): GuardianKeys {
    requirePatientId(patientId)
    requireNumber(number, 'number')
    return {
      signing: labelKey(this.#seed('recovery'), `represent-sign/${patientId}/${number}`),
      receiving: labelKey(this.#seed('recovery'), `represent-receive/${patientId}/${number}`)
    }
  }

  /**
   * The device that this patient's own programs are when they sum up a stream: found again from the phrase, whoever of them goes on (label
   * `roll-up/<stream>/<label>/<number>`).
   */
  rollUp ({ stream, label, number }: RollUpPlace): RollUpKeys {
    requireHex(stream, 'stream', 16)
    requireHex(label, 'label', 32)
    requireNumber(number, 'number')
    const seed = this.#seed('devices')
    const place = `roll-up/${stream}/${label}/${number}`
    return {
      key: labelKey(seed, place),
      salt: hmacSha256(seed, utf8(`${DOMAINS.rollUp}/kinds/${place}`))
    }
  }

  /** HMAC-SHA256(labels seed, category), 32 bytes: given with the category, it opens that one label. */
  labelSalt (category: string): Uint8Array {
    requireCategory(category)
    return hmacSha256(this.#seed('labels'), utf8(category))
  }

  /** The 32 bytes that stand for a category on the ledger. */
  compartmentLabel (category: string): Uint8Array {
    return compartmentLabelOf(category, this.labelSalt(category))
  }

  toJSON (): string {
    return '[KeyRing]'
  }

  #seed (purpose: Purpose): Uint8Array {
    const seed = this.#seeds[purpose]
    return seed ?? missing(purpose)
  }

  static { readSeeds = (ring) => ring.#seeds }
}

/**
 * The 32-byte seeds of some purposes, one after the other: all keys for these, now and after any rotation, and neither the phrase nor
 * a key for another purpose. For whoever keeps keys at hand in memory; the caller wipes them.
 */
export function exportSeeds (ring: KeyRing, purposes: readonly Purpose[]): Uint8Array {
  return concatBytes(...purposes.map((purpose) => readSeeds(ring)[purpose] ?? missing(purpose)))
}

/** A ring of some seeds alone, as `exportSeeds` gave them for the same purposes. Throws `LENGTH_INVALID`. */
export function ringOfSeeds (bytes: Uint8Array, purposes: readonly Purpose[]): KeyRing {
  return KeyRing.fromSeeds(bytes, purposes)
}

/**
 * BIP39 phrase -> BIP32 on secp256k1 -> m/7413'/use' -> umbral-pre's `SecretKeyFactory(seed).makeKey(label)`, the
 * label `category/epoch` for compartments and `key/number` for single keys (PROTOCOL §1). Patients and
 * practitioners alike. Throws `PHRASE_INVALID`.
 */
export function deriveKeyRing (phrase: string): KeyRing {
  return KeyRing.fromPhrase(phrase)
}

/** SHA-256("epione/label" || 32-byte salt || category): opens a label to whoever was told category and salt. */
export function compartmentLabelOf (category: string, salt: Uint8Array): Uint8Array {
  requireCategory(category)
  requireBytes(salt, 'salt', 32)
  return domainHash(DOMAINS.compartmentLabel, salt, utf8(category))
}

/** Base32 of the first 20 bytes of SHA-256("epione/patient" || first identity public key): 32 characters, for life. */
export function patientIdOf (identityKey: PublicKey): string {
  return toBase32(domainHash(DOMAINS.patientId, identityKey.toBytes()).subarray(0, PATIENT_ID_BYTES))
}

/** Throws `RangeError` unless an argument has the form of a patient id. */
export function requirePatientId (patientId: string): void {
  if (typeof patientId !== 'string' || !PATIENT_ID.test(patientId)) throw new RangeError('patientId: expected 32 characters of base32')
}

function missing (purpose: Purpose): never {
  throw new TypeError(`this ring has no keys for ${purpose}`)
}

function purposeSeed (master: HDKey, purpose: Purpose): Uint8Array {
  const node = master.derive(`m/${ACCOUNT}'/${PURPOSES[purpose]}'`)
  if (node.privateKey === null) throw new TypeError('master key has no private part')
  const seed = Uint8Array.from(node.privateKey)
  node.wipePrivateData()
  return seed
}

function singleKey (seed: Uint8Array, number: number): SecretKey {
  requireNumber(number, 'number')
  return labelKey(seed, `key/${number}`)
}

/**
 * umbral-pre `SecretKeyFactory::make_key`: info = "KEY_DERIVATION/" || label, scalar of SHA-256 tagged with info over HKDF(seed, info,
 * 64).
 */
function labelKey (seed: Uint8Array, label: string): SecretKey {
  const info = concatBytes(utf8(UMBRAL_DOMAINS.keyDerivation), utf8(label))
  const okm = hkdfSha256(seed, undefined, info, 64)
  const secret = secretFromDigest(umbralHash(info, okm))
  okm.fill(0)
  const key = SecretKey.fromBytes(secret)
  secret.fill(0)
  return key
}

/* A category stands before "/" in a key label, so it must not contain one. */
function requireCategory (category: string): void {
  if (typeof category !== 'string' || !CATEGORY.test(category)) {
    throw new RangeError('category: expected 1 to 64 letters, digits, ".", "_" or "-"')
  }
}

function requireHex (value: string, name: string, length: number): void {
  if (!new RegExp(`^[0-9a-f]{${2 * length}}$`).test(value)) throw new RangeError(`${name}: expected ${length} bytes in hex`)
}

function requireNumber (value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name}: expected a positive integer, got ${value}`)
}
