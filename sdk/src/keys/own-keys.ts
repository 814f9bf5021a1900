import { VERSIONS_MAX } from '@epione/protocol'
import { ActingKeys, LimitedKeys, toHex } from '@epione/crypto'
import type { KeyRing, SecretKey } from '@epione/crypto'
import type { Compartment, VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { categoryOfLabel, newestCompartment } from './directory.ts'
import { ClientError } from '../errors.ts'

/** Numbers of the single keys in use: the phrase has them all, the directory tells which. */
export interface KeyNumbers { identity: number, kfragSigning: number }

/**
 * The number of a single key of a phrase, found by trying upwards: a rotation raises it by one, and a directory or binding
 * has so many versions.
 */
export function findKeyNumber (derive: (number: number) => SecretKey, publicKey: string): number | undefined {
  for (let number = 1; number <= VERSIONS_MAX; number += 1) if (derive(number).publicKey().toHex() === publicKey) return number
  return undefined
}

/**
 * Which keys of this phrase a directory lists; every one of them must be of this phrase. @throws {ClientError} DIRECTORY_INVALID,
 * KEYS_OUTDATED, NOT_FOR_DELEGATES
 */
export function findOwnKeys (directory: VerifiedDirectory, keys: KeyRing): KeyNumbers {
  if (keys instanceof LimitedKeys) {
    throw new ClientError('NOT_FOR_DELEGATES', 'This is for the patient\'s own copy: a limited key has no keys to do it with.')
  }
  if (keys instanceof ActingKeys) return findActingKeys(directory, keys)
  const { patientId, newest } = directory
  const foreign = newest.compartments.filter(({ label, epoch, key }) => {
    const category = categoryOfLabel(keys, label)
    return category !== undefined && keys.compartment(category, epoch).publicKey().toHex() !== key
  })
  const [
    identity,
    kfragSigning
  ] = [findKeyNumber((n) => keys.identity(n), newest.identityKey), findKeyNumber((n) => keys.kfragSigning(n), newest.kfragSigningKey)]
  if (identity !== undefined && kfragSigning !== undefined && foreign.length === 0) return { identity, kfragSigning }
  throw new ClientError('DIRECTORY_INVALID', 'The ledger lists keys that are not of this phrase: somebody else has signed with it.', {
    patientId,
    labels: foreign.map((c) => c.label)
  })
}

/** What a representative was given must be the patient's; a later epoch may be missing. */
function findActingKeys ({ patientId, newest, versions }: VerifiedDirectory, keys: ActingKeys): KeyNumbers {
  const foreign = versions.flatMap(({ body }) => body.compartments).filter(({ label, epoch, key }) => {
    const category = categoryOfLabel(keys, label)
    return category !== undefined && keys.hasCompartment(category, epoch) && keys.compartment(category, epoch).publicKey().toHex() !== key
  })
  if (foreign.length > 0) {
    throw new ClientError('REPRESENTATION_INVALID', 'The patient handed over keys that are not those of their directory.', {
      party: { kind: 'patient', patientId }, labels: foreign.map((c) => c.label)
    })
  }
  if (keys.kfragSigning().publicKey().toHex() !== newest.kfragSigningKey) throw outdated(patientId)
  return { identity: 1, kfragSigning: 1 }
}

/** A compartment's key, which a representative has of the epochs until the patient handed keys over. @throws {ClientError} KEYS_OUTDATED */
export function compartmentKey (keys: KeyRing, patientId: string, category: string, epoch: number): SecretKey {
  if (keys instanceof ActingKeys && !keys.hasCompartment(category, epoch)) throw outdated(patientId)
  return keys.compartment(category, epoch)
}

function outdated (patientId: string): ClientError {
  return new ClientError('KEYS_OUTDATED', 'The patient has newer keys than were handed over: ask for "epione representative hand-out", and accept that file.', {
    patientId
  })
}

/** The compartment of a category that is written to and granted now. @throws {ClientError} CARD_INCOMPLETE */
export function ownCompartment (context: PatientContext, directory: VerifiedDirectory, category: string): Compartment {
  const compartment = newestCompartment(directory, toHex(context.keys.compartmentLabel(category)))
  if (compartment === undefined) {
    throw new ClientError('CARD_INCOMPLETE', `Your directory lists no compartment for "${category}".`, { patientId: directory.patientId })
  }
  return compartment
}
