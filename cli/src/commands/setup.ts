import { rm } from 'node:fs/promises'
import { generatePhrase } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { ClientError, isClientError, keysOfPhrase, readNetworkDocument } from '@epione/sdk'
import { readText, writeNewFile } from '../files.ts'
import type { ClientContext, Gateways } from '@epione/sdk'
import type { HomeConfig } from '../home.ts'
import { sealKeystore } from '../keystore.ts'
import { parseChoice } from './arguments.ts'
import { readNewPassphrase } from './secrets.ts'
import type { CommandRun } from './run.ts'

/** Throws PHRASE_FOREIGN for keys that are not of the person whose home this is. */
export type RequireOwn = (keys: KeyRing) => Promise<void> | void

export interface PhraseOptions { phraseFile?: string, restore?: string, words?: string }

/** True when the person gets to see a new phrase, or has it already. */
export function hasPhraseOutlet (run: CommandRun, { phraseFile, restore }: PhraseOptions): boolean {
  return restore !== undefined || phraseFile !== undefined || run.io.stderr.isTTY === true
}

/** How a home's keystore stands. One that is empty or damaged must not block the restore which its own error advises. */
export type Keystore = 'none' | 'opens' | 'damaged'

/** Tries the home's keystore; where a pass-phrase does not fit, it counts as one that opens for somebody. */
export async function findKeystoreState (run: CommandRun): Promise<Keystore> {
  if (await run.home.findKeystore() === undefined) return 'none'
  try {
    await run.openPhrase()
    return 'opens'
  } catch (error) {
    if (isClientError(error, 'KEYSTORE_DAMAGED')) return 'damaged'
    if (isClientError(error, 'PASSPHRASE_WRONG')) return 'opens'
    throw error
  }
}

/**
 * Refuses a home that is set up, unless the phrase is at hand that brings back its lost or damaged keystore. @throws {ClientError}
 * ALREADY_INITIALIZED
 */
export async function requireUnset (run: CommandRun, role: HomeConfig['role'], { restore }: PhraseOptions): Promise<void> {
  const known = await run.home.findConfig({ restoring: restore !== undefined })
  if (known === undefined) return
  if (known.role === role && restore !== undefined && await findKeystoreState(run) !== 'opens') return
  throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is set up already, as a ${known.role}'s home.`)
}

/**
 * The keys of the home's keystore, else new or restored ones; a damaged keystore gives way to a restored phrase alone. A restored
 * phrase is kept only when `requireOwn` lets its keys pass.
 */
export async function takeUpKeys (
  run: CommandRun,
  options: PhraseOptions,
  requireOwn: RequireOwn = () => undefined
): Promise<{ keys: KeyRing, isThere: boolean }> {
  if (await run.home.findKeystore() === undefined) return { keys: await makeKeys(run, options, requireOwn), isThere: false }
  try {
    return { keys: await run.openKeys(), isThere: true }
  } catch (error) {
    if (!isClientError(error, 'KEYSTORE_DAMAGED') || options.restore === undefined) throw error
    return { keys: await makeKeys(run, options, requireOwn, { damaged: true }), isThere: false }
  }
}

function makePhrase ({ words = '24' }: PhraseOptions): string {
  return generatePhrase(parseChoice(words, ['12', '24'], '--words') === '12' ? 12 : 24)
}

/** Makes or restores a phrase and seals it into the home's keystore; a new one is shown once or written to a file of its own. */
async function makeKeys (run: CommandRun, options: PhraseOptions, requireOwn: RequireOwn, { damaged = false } = {}): Promise<KeyRing> {
  const phrase = options.restore === undefined ? makePhrase(options) : await readPhrase(options.restore)
  const keys = keysOfPhrase(phrase)
  if (options.restore !== undefined) await requireOwn(keys)
  const keystore = await sealKeystore(phrase, await readNewPassphrase(run.secrets))
  const phraseFile = options.restore === undefined ? options.phraseFile : undefined
  if (phraseFile !== undefined) await writeNewFile(phraseFile, `${phrase}\n`)
  try {
    await run.home.writeKeystore(keystore, { damaged })
  } catch (error) {
    // The phrase is of no use to anybody yet, and its file would stand in the way of doing the same again.
    if (phraseFile !== undefined) await rm(phraseFile)
    throw error
  }
  const isShown = options.restore === undefined && options.phraseFile === undefined
  // Never into a pipe or a log file, where it would stay.
  if (isShown && run.io.stderr.isTTY === true) {
    run.say(`Write these words down and keep them safe; they are shown once and open everything of yours:\n\n  ${phrase}\n`)
  }
  return keys
}

/** Seals a phrase that the person has already into the home's keystore. */
export async function sealPhrase (run: CommandRun, phrase: string, { damaged = false } = {}): Promise<void> {
  await run.home.writeKeystore(await sealKeystore(phrase, await readNewPassphrase(run.secrets)), { damaged })
}

export async function readPhrase (path: string): Promise<string> {
  return (await readText(path)).trim()
}

/** The gateway must serve the very network that network.json describes; one for testing is told of. */
export async function requireNetwork (run: CommandRun, context: ClientContext & { gateways: Gateways }): Promise<void> {
  const { testing } = await readNetworkDocument(context)
  if (testing === true) run.say('This network is for testing: its settings protect nobody.')
}
