import { ClientError } from '@epione/sdk'
import { createStore, del, get, update } from 'idb-keyval'
import type { Role } from '../roles/roles.ts'

/**
 * What stays on this machine of the person whose keys these are: the phrase, sealed under pass-phrase and authenticator. Nothing else,
 * not even whose it is.
 */
export interface Profile { role: Role, keystore: string }

const store = createStore('epione', 'profile')
const NAME = 'own'

export function readProfile (): Promise<Profile | undefined> {
  return get<Profile>(NAME, store)
}

/** Nothing that is there is written over, also when two tabs are about it at once. @throws {ClientError} ALREADY_INITIALIZED */
export function addProfile (profile: Profile): Promise<void> {
  return update<Profile>(NAME, (there) => {
    if (there !== undefined) throw new ClientError('ALREADY_INITIALIZED', 'There are keys on this machine already.')
    return profile
  }, store)
}

export function removeProfile (): Promise<void> {
  return del(NAME, store)
}
