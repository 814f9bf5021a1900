import { CryptoError, PublicKey } from '@epione/crypto'
import type { KeyDirectory } from '../index.ts'

type Keys = Pick<KeyDirectory, 'identityKey' | 'kfragSigningKey' | 'compartments'>
type Kept = Pick<KeyDirectory, 'custodian' | 'compartments'>

/** All keys of one directory version, each for a purpose or compartment of its own. */
export function directoryKeys ({ identityKey, kfragSigningKey, compartments }: Keys): string[] {
  return [identityKey, kfragSigningKey, ...compartments.map((c) => c.key)]
}

/** What is wrong with the keys of one directory version, as the end of "it is refused: ..."; undefined when nothing is. */
export function findKeyFault (directory: Keys): string | undefined {
  const { compartments } = directory
  const keys = directoryKeys(directory)
  const broken = keys.find((key) => !isPoint(key))
  if (broken !== undefined) return `${broken} is not a compressed point of secp256k1`
  if (new Set(compartments.map((c) => c.label)).size !== compartments.length) return 'it lists a compartment twice'
  // One key for two compartments would let a consent to the one open the other (I7).
  return new Set(keys).size === keys.length ? undefined : 'two compartments or purposes share a key'
}

/**
 * What a version must not change of the one before, undefined for the first: custodian and compartments stay, and an epoch rises by
 * one, with a new key. So a (label, epoch) names one key for ever: two would let a directory move what was granted.
 */
export function findChangeFault (next: Kept, former?: Kept): string | undefined {
  if (former !== undefined && next.custodian !== former.custodian) return 'only a succession ends custody of a patient: keep the custodian'
  const before = new Map((former?.compartments ?? []).map((c) => [c.label, c]))
  if (next.compartments.filter((c) => before.has(c.label)).length < before.size) return 'it lacks a compartment of the version before'
  const moved = next.compartments.find((c) => !isKeptOrRaised(c, before.get(c.label)))
  return moved === undefined
    ? undefined
    : `compartment ${moved.label} begins with epoch 1, and keeps epoch and key or raises the epoch by one with a new key`
}

/**
 * What is wrong with the identity key of a version that follows these, oldest first: one that was exchanged stays so, since what ended
 * with it (limited keys, whoever had stolen it) would be there again.
 */
export function findIdentityFault (identityKey: string, before: readonly string[]): string | undefined {
  const isReturned = identityKey !== before.at(-1) && before.includes(identityKey)
  return isReturned ? 'its identity key was exchanged before: make a new one' : undefined
}

type Compartment = KeyDirectory['compartments'][number]

function isKeptOrRaised ({ epoch, key }: Compartment, former: Compartment | undefined): boolean {
  const kept = epoch === former?.epoch && key === former.key
  const raised = epoch === (former?.epoch ?? 0) + 1 && key !== former?.key
  return kept || raised
}

/** Whether 33 bytes of hex are a point of the curve. */
export function isPoint (hex: string): boolean {
  try {
    PublicKey.fromHex(hex)
    return true
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}
