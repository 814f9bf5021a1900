import { ClientError } from '@epione/sdk'
import { clear, createStore, get, update } from 'idb-keyval'
import type { Role } from '../roles/role-names.ts'

/**
 * What stays on this machine of the person whose keys these are: the phrase, sealed under pass-phrase and authenticator. Beside it
 * lies a sign-in, sealed under the keys. Nothing else, not even whose it is.
 */
export interface Profile { role: Role, keystore: string }

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

/** All of it goes. */
export function removeProfile (): Promise<void> {
  return clear(profileStore)
}
