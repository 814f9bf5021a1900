import { CryptoError, PublicKey } from '@epione/crypto'
import type { KeyDirectory } from './statements.ts'

type Keys = Pick<KeyDirectory, 'identityKey' | 'kfragSigningKey' | 'compartments'>

/** What is wrong with the keys of one directory version, as the end of "it is refused: ..."; undefined when nothing is. */
export function findKeyFault ({ identityKey, kfragSigningKey, compartments }: Keys): string | undefined {
  const keys = [identityKey, kfragSigningKey, ...compartments.map((c) => c.key)]
  const broken = keys.find((key) => !isPoint(key))
  if (broken !== undefined) return `${broken} is not a compressed point of secp256k1`
  if (new Set(compartments.map((c) => c.label)).size !== compartments.length) return 'it lists a compartment twice'
  // One key for two compartments would let a consent to the one open the other (I7).
  return new Set(keys).size === keys.length ? undefined : 'two compartments or purposes share a key'
}

/** A (label, epoch) names one key for ever: two would let a directory move what was granted. The name that has two, if any. */
export function findSecondKey (versions: readonly Pick<KeyDirectory, 'compartments'>[]): string | undefined {
  const found = new Map<string, string>()
  for (const { label, epoch, key } of versions.flatMap((v) => v.compartments)) {
    const name = `${label}/${String(epoch)}`
    if ((found.get(name) ?? key) !== key) return name
    found.set(name, key)
  }
  return undefined
}

function isPoint (hex: string): boolean {
  try {
    PublicKey.fromHex(hex)
    return true
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}
