import { ClientError } from '@epione/sdk'
import type { SecondFactor } from '@epione/sdk'
import { clear, createStore, get, update } from 'idb-keyval'
import type { Role } from '../roles/role-names.ts'

/**
 * What stays on this machine of the person whose keys these are: the phrase, sealed under pass-phrase and authenticator. Beside it
 * lies a sign-in, sealed under the keys. Nothing else, not even whose it is.
 */
export interface Profile { role: Role, keystore: string }

/**
 * A limited key that a hospital's copy of the pages made (decision 0728): sealed under a key of this browser that nothing can read out,
 * and under what an authenticator answers, where the person chose one. It is nobody's phrase.
 */
export interface LimitedProfile {
  patientId: string
  lock: CryptoKey
  sealed: Uint8Array<ArrayBuffer>
  second?: SecondFactor
}

/** The one place where anything of the person stays on this machine, all of it sealed. */
export const profileStore = createStore('epione', 'profile')
const NAME = 'own'

export function readProfile (): Promise<Profile | undefined> {
  return get<Profile>(NAME, profileStore)
}

/** Nothing that is there is written over, also when two tabs are about it at once. @throws {ClientError} ALREADY_INITIALIZED */
export function addProfile (profile: Profile): Promise<void> {
  return update<Profile>(NAME, (there) => {
    if (there !== undefined) throw new ClientError('ALREADY_INITIALIZED', 'There are keys on this machine already.')
    return profile
  }, profileStore)
}

const LIMITED = 'limited'

export function readLimited (): Promise<LimitedProfile | undefined> {
  return get<LimitedProfile>(LIMITED, profileStore)
}

/** @throws {ClientError} ALREADY_INITIALIZED */
export function addLimited (profile: LimitedProfile): Promise<void> {
  return update<LimitedProfile>(LIMITED, (there) => {
    if (there !== undefined) throw new ClientError('ALREADY_INITIALIZED', 'There is a limited key in this browser already.')
    return profile
  }, profileStore)
}

/** All of it goes. */
export function removeProfile (): Promise<void> {
  return clear(profileStore)
}
