import { concatBytes, copyBytes, requireBytes, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { KeyRing, requirePatientId } from './key-ring.ts'
import type { SecretKey } from './keys.ts'

/** One category's secrets: with the salt its label is known, with a key the records of that epoch open. */
export interface ActingCompartment { readonly category: string, readonly salt: Uint8Array, readonly keys: ReadonlyMap<number, SecretKey> }
export interface ActingKeysParts {
  /** The representative's own key, which signs in the patient's stead. */ readonly signing: SecretKey
  readonly kfragSigning: SecretKey
  readonly compartments: readonly ActingCompartment[]
}

/**
 * What a representative has of a patient's keys: keys of the epochs there were, never a seed, so that a later epoch is out of reach. It
 * stands where the patient's own ring stands; the identity key in it is the representative's, and every other purpose is missing.
 */
export class ActingKeys extends KeyRing {
  readonly #parts: ActingKeysParts
  readonly #compartments: ReadonlyMap<string, ActingCompartment>

  constructor (parts: ActingKeysParts) {
    super({})
    this.#parts = parts
    this.#compartments = new Map(parts.compartments.map((compartment) => [compartment.category, compartment]))
  }

  /** The key that signs for the patient: the representative's, whatever the number. */
  override identity (): SecretKey {
    return this.#parts.signing
  }

  override kfragSigning (): SecretKey {
    return this.#parts.kfragSigning
  }

  hasCompartment (category: string, epoch: number): boolean {
    return this.#compartments.get(category)?.keys.has(epoch) === true
  }

  /** A `RangeError` for an epoch that came after these keys were handed over: ask `hasCompartment` first. */
  override compartment (category: string, epoch = 1): SecretKey {
    const key = this.#compartments.get(category)?.keys.get(epoch)
    if (key === undefined) throw new RangeError(`no key of ${category} in epoch ${epoch} was handed over`)
    return key
  }

  /** Of a category that was not handed over, a salt of zeros: its label is in no directory. */
  override labelSalt (category: string): Uint8Array {
    return copyBytes(this.#compartments.get(category)?.salt ?? new Uint8Array(32))
  }
}

/** What sealed acting keys are bound to: `epione/acting-keys` || patient id || representation's statement id 32. */
export function actingKeysAssociatedData (patientId: string, representationId: Uint8Array): Uint8Array {
  requirePatientId(patientId)
  requireBytes(representationId, 'representationId', 32)
  return concatBytes(utf8(DOMAINS.actingKeys), utf8(patientId), representationId)
}
