import { ClientError, checkGuardians, isClientError, networkIdHex, parseGuardianKey, setGuardians } from '@epione/sdk'
import type { GuardianKey, GuardiansCheck, GuardiansSet, Unlocking } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { openPhrase } from '../phrase.ts'
import type { Proposal } from '../proposal.ts'

/**
 * What every hospital has of what a recovery needs: each share and the sealed phrase are fetched and compared with what was signed.
 * `repair` gives hospitals again what they lack. `undefined` where nobody was named. @throws {ClientError} IDENTITY_CHANGED, UNAVAILABLE
 */
export async function readGuardians (desk: Desk, { repair }: { repair: boolean }): Promise<GuardiansCheck | undefined> {
  try {
    return await checkGuardians(await desk.patient(), { repair })
  } catch (error) {
    if (isClientError(error, 'GUARDIAN_UNKNOWN')) return undefined
    // Its details are the whole check, and say that it would not work.
    if (isClientError(error, 'RECOVERY_IMPOSSIBLE')) return error.details as unknown as GuardiansCheck
    throw error
  }
}

/** The key of a guardian's file, where it is for this patient. @throws {ClientError} USAGE */
export async function readKey (desk: Desk, { name, text }: { name: string, text: string }): Promise<GuardianKey> {
  const context = await desk.patient()
  const key = parseGuardianKey(text, name)
  if (key.patientId === context.patientId && key.networkId === networkIdHex(context)) return key
  throw new ClientError('USAGE', `${name} is for another patient, or of another network.`)
}

/** Splits the phrase among guardians. The keystore is opened once more for it. @throws {ClientError} PASSPHRASE_WRONG, USAGE */
export async function name (
  desk: Desk, { keys, threshold, unlocking }: { keys: GuardianKey[], threshold: number, unlocking: Unlocking }
): Promise<Proposal<GuardiansSet>> {
  const context = await desk.patient()
  const guardians = structuredClone(keys)
  const phrase = await openPhrase(unlocking)
  return {
    says: {
      title: 'guardians.confirm',
      lines: [
        { label: 'guardians.threshold', value: String(threshold), kind: 'number' },
        { label: 'guardians.keys', value: guardians.map(({ signingKey, receivingKey }) => `${signingKey} ${receivingKey}`).join(', '), kind: 'code' }
      ],
      warnings: ['guardians.means']
    },
    carry: () => setGuardians(context, phrase, { threshold, guardians })
  }
}
