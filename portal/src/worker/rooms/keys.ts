import { generatePhrase } from '@epione/crypto'
import { ClientError, keysOfPhrase, sealKeystore, secondFactorOf } from '@epione/sdk'
import type { Sealing, SecondFactor, Unlocking } from '@epione/sdk'
import type { Role } from '../../roles/role-names.ts'
import type { Desk } from '../desk.ts'
import { openPhrase } from '../phrase.ts'
import { PortalError } from '../problem.ts'
import { addProfile, readLimited, readProfile, removeProfile } from '../profiles.ts'
import type { Profile } from '../profiles.ts'
import { forgetSeen } from '../seen.ts'
import { stretch } from '../stretch.ts'

const ASKED_BACK = 3
const PASSPHRASE_MIN = 12

/** Who is there: nobody, somebody whose keys are locked, or somebody for whom the pages of their role work. */
export interface KeysState {
  state: 'none' | 'locked' | 'unlocked'
  role?: Role
  /** The authenticator that unlocking needs beside the pass-phrase. */
  second?: SecondFactor
}

/** A phrase that was made and is not kept yet. */
let made: { phrase: string, asked: number[] } | undefined

/** @throws {ClientError} KEYSTORE_DAMAGED */
export async function readState (desk: Desk): Promise<KeysState> {
  const profile = await readProfile()
  if (profile === undefined) return await readLimitedState(desk)
  const second = secondFactorOf(profile.keystore)
  return { state: desk.unlocked ? 'unlocked' : 'locked', role: profile.role, ...(second === undefined ? {} : { second }) }
}

/** Of a copy that a hospital serves: a limited key that was made here. */
async function readLimitedState (desk: Desk): Promise<KeysState> {
  const limited = await readLimited()
  if (limited === undefined) return { state: 'none' }
  const { second } = limited
  return { state: desk.unlocked ? 'unlocked' : 'locked', role: 'limited', ...(second === undefined ? {} : { second }) }
}

/** A new phrase, to be shown this once, and the places (from 0) of the words that will be asked back. */
export async function makePhrase (desk: Desk): Promise<{ words: string[], asked: number[] }> {
  await requireInstalled(desk)
  const phrase = generatePhrase()
  const words = phrase.split(' ')
  made = { phrase, asked: drawPlaces(words.length) }
  return { words, asked: made.asked }
}

/** Keeps the phrase that was made, once its words were said back. @throws {PortalError} WORDS_WRONG */
export async function keepMade (
  desk: Desk, { words, role, ...sealing }: Sealing & { words: string[], role: Profile['role'] }
): Promise<void> {
  if (made === undefined) throw new PortalError('WORDS_WRONG', 'No phrase was made here: begin again.')
  const all = made.phrase.split(' ')
  const isRight = made.asked.every((place, index) => words[index]?.trim().toLowerCase() === all[place])
  if (!isRight) throw new PortalError('WORDS_WRONG', 'A word is not the one of your phrase at this place.')
  await keep(desk, made.phrase, role, sealing)
  made = undefined
}

/** Keeps a phrase that the person has already. @throws {ClientError} PHRASE_INVALID, ALREADY_INITIALIZED */
export async function restore (desk: Desk, { phrase, role, ...sealing }: Sealing & { phrase: string, role: Profile['role'] }): Promise<void> {
  await keep(desk, phrase, role, sealing)
}

/** @throws {ClientError} PASSPHRASE_WRONG, KEYSTORE_DAMAGED, KEYSTORE_MISSING */
export async function unlock (desk: Desk, unlocking: Unlocking): Promise<void> {
  await requireInstalled(desk)
  desk.unlock(keysOfPhrase(await openPhrase(unlocking)))
}

/** Takes the sealed phrase away from this machine, for who shows that they could open it. @throws {ClientError} PASSPHRASE_WRONG */
export async function forget (_: Desk, unlocking: Unlocking): Promise<void> {
  if (await readProfile() === undefined) return
  await openPhrase(unlocking)
  await Promise.all([removeProfile(), forgetSeen()])
}

async function requireInstalled (desk: Desk): Promise<void> {
  const { config: { edition } } = await desk.network()
  if (edition !== 'installed') throw new ClientError('USAGE', 'This copy of the pages is a hospital\'s: keys belong into the installed one alone.')
}

async function keep (desk: Desk, phrase: string, role: Profile['role'], sealing: Sealing): Promise<void> {
  await requireInstalled(desk)
  if (sealing.passphrase.length < PASSPHRASE_MIN) {
    throw new ClientError('PASSPHRASE_REQUIRED', `A pass-phrase has at least ${PASSPHRASE_MIN} characters.`)
  }
  const keys = keysOfPhrase(phrase)
  await addProfile({ role, keystore: await sealKeystore(phrase, sealing, stretch) })
  desk.unlock(keys)
}

function drawPlaces (words: number): number[] {
  const places = new Set<number>()
  while (places.size < ASKED_BACK) places.add((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % words)
  return [...places].sort((a, b) => a - b)
}
