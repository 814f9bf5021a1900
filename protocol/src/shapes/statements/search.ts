import { Type } from 'typebox'
import { COMPARTMENTS_PER_SEARCH } from '../limits.ts'
import { Epoch, Hash, KeyHex, PatientId, SealedSecret, Version } from '../primitives.ts'
import { bounded, rule, strict } from './parts.ts'

/**
 * A new issue of a compartment's search key, by the patient: the public key that entries are made for (use 5, label
 * `category/epoch/issue`) and the hash of the wrap of its secret for the compartment's delegating key. `former` is the secret of the
 * issue before, sealed to the new key, so that one re-encryption opens all issues of an epoch.
 */
const SearchKey = rule(strict({
  label: Hash,
  epoch: Epoch,
  /** From 1 in each epoch. */
  issue: Version,
  key: KeyHex,
  wrapHash: Hash,
  former: Type.Optional(SealedSecret)
}), ({ issue, former }) => (issue === 1) === (former === undefined), 'each issue but the first holds the secret of the one before')

export const SearchKeysBody = strict({
  type: Type.Literal('SearchKeys'),
  ...bounded,
  patientId: PatientId,
  /** Version of the directory whose delegating keys the wraps are for. */
  directoryVersion: Version,
  keys: Type.Array(SearchKey, { minItems: 1, maxItems: COMPARTMENTS_PER_SEARCH })
})
