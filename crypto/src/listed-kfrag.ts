import { toHex } from './bytes.ts'
import type { GrantKeys } from './kfrag.ts'
import type { VerifiedPrecursor } from './precursor.ts'

/** What the consent lists for one proxy and compartment. */
export interface ListedKfrag {
  readonly kfragId: string
  /** U1. */
  readonly commitment: string
  readonly precursor: VerifiedPrecursor
  readonly keys: GrantKeys
}

/** True when what a proxy sends names the kfrag that is listed: its id, U1 and the precursor that its maker has proven. */
export function isOfListed (
  answer: Readonly<Record<'kfragId' | 'commitment' | 'precursor', Uint8Array>>,
  { kfragId, commitment, precursor }: ListedKfrag
): boolean {
  return toHex(answer.kfragId) === kfragId && toHex(answer.commitment) === commitment && precursor.equals(answer.precursor)
}
