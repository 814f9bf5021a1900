import { createStore, del, get, set } from 'idb-keyval'

/**
 * What stays on this machine of the person whose keys these are: the phrase, sealed under pass-phrase and authenticator. Nothing else,
 * not even whose it is.
 */
export interface Profile { role: 'patient' | 'practitioner', keystore: string }

const store = createStore('epione', 'profile')
const NAME = 'own'

export function readProfile (): Promise<Profile | undefined> {
  return get<Profile>(NAME, store)
}

export function writeProfile (profile: Profile): Promise<void> {
  return set(NAME, profile, store)
}

export function removeProfile (): Promise<void> {
  return del(NAME, store)
}
