import { CryptoError, PublicKey, verifyPrecursor } from '@epione/crypto'
import { Refusal } from './refusal.ts'
import type { GrantKeys, VerifiedPrecursor } from '@epione/crypto'
import type { Consent, KeyDirectory } from '../index.ts'
import type { Subject } from './refusal.ts'

/** One compartment of a consent, with the keys under which its kfrags are valid and their proven precursor. */
export interface ProvenGrant {
  label: string
  epoch: number
  shares: Consent['compartments'][number]['shares']
  keys: GrantKeys
  precursor: VerifiedPrecursor
}

/** A consent with the directory version that it names, proven by the caller: whoever signed it made its kfrags from those keys. */
export interface GrantCase {
  readonly consent: Consent
  readonly directory: Pick<KeyDirectory, 'version' | 'kfragSigningKey' | 'compartments'> | undefined
  /** 32 bytes. */
  readonly networkId: Uint8Array
  /** The consent as the refusal names it. */
  readonly subject?: Subject
}

type Granted = Consent['compartments'][number]

/** Proves all compartments of a consent, with a precursor of its own for each. @throws {Refusal} COMPARTMENT_UNKNOWN, GRANT_UNPROVEN */
export function proveGrants (grant: GrantCase): ProvenGrant[] {
  checkGrants(grant)
  return grant.consent.compartments.map((compartment) => proveGrant(grant, compartment))
}

/** As much of it as costs no arithmetic of the curve. @throws {Refusal} COMPARTMENT_UNKNOWN, GRANT_UNPROVEN */
export function checkGrants (grant: GrantCase): void {
  const { compartments } = grant.consent
  compartments.forEach((compartment) => { findKeys(grant, compartment) })
  // One shared point, disclosed in a dispute, must open no other compartment.
  if (new Set(compartments.map((c) => c.precursor.point)).size !== compartments.length) refuse(grant, 'two compartments share a precursor')
}

/**
 * Proves one compartment: the directory version lists it, and the patient's client knows the secret of its precursor.
 * @throws {Refusal} COMPARTMENT_UNKNOWN, GRANT_UNPROVEN
 */
export function proveGrant (grant: GrantCase, compartment: Granted): ProvenGrant {
  const { networkId, consent: { patientId } } = grant
  const { label, epoch, shares, precursor } = compartment
  const named = findKeys(grant, compartment)
  const keys = refused(grant, 'a key in it is no point of the curve', () => parseKeys(named))
  return {
    label,
    epoch,
    shares,
    keys,
    precursor: refused(grant, 'a precursor is not proven', () =>
      verifyPrecursor(precursor, { networkId, patientId, label, epoch, ...keys }))
  }
}

function findKeys (grant: GrantCase, { label, epoch }: Granted): Record<keyof GrantKeys, string> {
  const { directory, consent: { directoryVersion, grantee } } = grant
  if (directory?.version !== directoryVersion) {
    return refuse(grant, `the patient has no directory version ${String(directoryVersion)}, from which its kfrags were made`)
  }
  const listed = directory.compartments.find((c) => c.label === label && c.epoch === epoch)
  if (listed === undefined) {
    throw new Refusal('COMPARTMENT_UNKNOWN', subjectOf(grant), 'it names a compartment that the patient\'s directory lacks')
  }
  return { signingKey: directory.kfragSigningKey, delegatingKey: listed.key, receivingKey: grantee.receivingKey }
}

function parseKeys ({ signingKey, delegatingKey, receivingKey }: Record<keyof GrantKeys, string>): GrantKeys {
  return {
    signingKey: PublicKey.fromHex(signingKey),
    delegatingKey: PublicKey.fromHex(delegatingKey),
    receivingKey: PublicKey.fromHex(receivingKey)
  }
}

function refused<T> (grant: GrantCase, why: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof CryptoError) return refuse(grant, why, error)
    throw error
  }
}

const subjectOf = ({ subject }: GrantCase): Subject => subject ?? { kind: 'statement', name: 'Consent' }

function refuse (grant: GrantCase, why: string, cause?: unknown): never {
  throw new Refusal('GRANT_UNPROVEN', subjectOf(grant), why, { cause })
}
