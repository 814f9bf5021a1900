import { CryptoError, PublicKey, verifyPrecursor } from '@epione/crypto'
import type { GrantKeys, VerifiedPrecursor } from '@epione/crypto'
import type { Consent, KeyDirectory } from './statements.ts'

/** One compartment of a consent, with the keys under which its kfrags are valid and their proven precursor. */
export interface ProvenGrant {
  label: string
  epoch: number
  shares: Consent['compartments'][number]['shares']
  keys: GrantKeys
  precursor: VerifiedPrecursor
}

/** A consent whose kfrags cannot be what it says; the message completes "it is refused: ...". */
export class GrantUnproven extends Error {
  override readonly name = 'GrantUnproven'
}

type Version = Pick<KeyDirectory, 'version' | 'kfragSigningKey' | 'compartments'>

/**
 * Proves all compartments of a consent: the directory version that it names lists each, and the patient's client knows the secret
 * of each precursor, which is another for each. `directory` is that version, proven by the caller. @throws {GrantUnproven}
 */
export function proveGrants (consent: Consent, directory: Version | undefined, networkId: Uint8Array): ProvenGrant[] {
  // One shared point, disclosed in a dispute, must open no other compartment.
  const points = new Set(consent.compartments.map((c) => c.precursor.point))
  if (points.size !== consent.compartments.length) throw new GrantUnproven('two compartments share a precursor')
  return consent.compartments.map((compartment) => proveGrant(consent, compartment, directory, networkId))
}

/** The same of one compartment of the consent. @throws {GrantUnproven} */
export function proveGrant (
  consent: Consent, { label, epoch, precursor, shares }: Consent['compartments'][number], directory: Version | undefined, networkId: Uint8Array
): ProvenGrant {
  if (directory?.version !== consent.directoryVersion) {
    throw new GrantUnproven(`the patient has no directory version ${String(consent.directoryVersion)}, from which its kfrags were made`)
  }
  const listed = directory.compartments.find((c) => c.label === label && c.epoch === epoch)
  if (listed === undefined) throw new GrantUnproven('it names a compartment that the patient\'s directory lacks')
  const keys = parseKeys(directory.kfragSigningKey, listed.key, consent.grantee.receivingKey)
  const grant = { networkId, patientId: consent.patientId, label, epoch, ...keys }
  return { label, epoch, shares, keys, precursor: refused('a precursor is not proven', () => verifyPrecursor(precursor, grant)) }
}

function parseKeys (signing: string, delegating: string, receiving: string): GrantKeys {
  return refused('a key in it is no point of the curve', () =>
    ({ signingKey: PublicKey.fromHex(signing), delegatingKey: PublicKey.fromHex(delegating), receivingKey: PublicKey.fromHex(receiving) }))
}

function refused<T> (why: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof CryptoError) throw new GrantUnproven(why, { cause: error })
    throw error
  }
}
