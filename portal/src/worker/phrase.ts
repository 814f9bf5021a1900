import { ClientError, openKeystore } from '@epione/sdk'
import type { Unlocking } from '@epione/sdk'
import { readProfile } from './profiles.ts'
import { stretch } from './stretch.ts'

/**
 * The phrase of this machine's keystore, for the rooms alone that seal it anew: no room's function may answer with it.
 * @throws {ClientError} PASSPHRASE_WRONG, SECOND_FACTOR_REQUIRED, KEYSTORE_DAMAGED, KEYSTORE_MISSING
 */
export async function openPhrase (unlocking: Unlocking): Promise<string> {
  const profile = await readProfile()
  if (profile === undefined) throw new ClientError('KEYSTORE_MISSING', 'There are no keys on this machine: restore them from the phrase.')
  return await openKeystore(profile.keystore, unlocking, stretch)
}
