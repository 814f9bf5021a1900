import { CryptoError, deriveKeyRing, generatePhrase } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { ClientError, messageOf } from '../errors.ts'
import { readText, writeNewFile } from '../files.ts'
import type { Gateways } from '../gateways.ts'
import { sealKeystore } from '../keystore.ts'
import { networkIdHex } from '../context.ts'
import { parseChoice } from './arguments.ts'
import { readNewPassphrase } from './secrets.ts'
import type { CommandRun } from './run.ts'

export interface PhraseOptions { phraseFile?: string, restore?: string, words?: string }

/** True when the person gets to see a new phrase, or has it already. */
export function hasPhraseOutlet (run: CommandRun, { phraseFile, restore }: PhraseOptions): boolean {
  return restore !== undefined || phraseFile !== undefined || run.io.stderr.isTTY === true
}

/** Makes or restores a phrase and seals it into the home's keystore; a new one is shown once or written to a file of its own. */
export async function makeKeys (run: CommandRun, options: PhraseOptions): Promise<KeyRing> {
  const phrase = options.restore === undefined ? generatePhrase(parseChoice(options.words ?? '24', ['12', '24'], '--words') === '12' ? 12 : 24) : await readPhrase(options.restore)
  const keys = deriveChecked(phrase)
  const keystore = await sealKeystore(phrase, await readNewPassphrase(run.secrets))
  if (options.restore === undefined && options.phraseFile !== undefined) await writeNewFile(options.phraseFile, `${phrase}\n`)
  await run.home.writeKeystore(keystore)
  // Never into a pipe or a log file, where it would stay.
  if (options.restore === undefined && options.phraseFile === undefined && run.io.stderr.isTTY === true) run.say(`Write these words down and keep them safe; they are shown once and open everything of yours:\n\n  ${phrase}\n`)
  return keys
}

/** Seals a phrase that the person has already into the home's keystore. */
export async function sealPhrase (run: CommandRun, phrase: string): Promise<void> {
  await run.home.writeKeystore(await sealKeystore(phrase, await readNewPassphrase(run.secrets)))
}

export async function readPhrase (path: string): Promise<string> {
  return (await readText(path)).trim()
}

/** @throws {ClientError} PHRASE_INVALID, saying which word is wrong but not what it is */
export function deriveChecked (phrase: string): KeyRing {
  try {
    return deriveKeyRing(phrase)
  } catch (error) {
    if (error instanceof CryptoError) throw new ClientError('PHRASE_INVALID', `The phrase is refused: ${messageOf(error)}.`, {}, { cause: error })
    throw error
  }
}

/** The gateway must serve the network that network.json names: its id is in every signature. */
export async function requireNetwork (context: { networkId: Uint8Array, gateways: Gateways }): Promise<void> {
  const { networkId } = await context.gateways.own.getNetwork()
  if (networkId === networkIdHex(context)) return
  const { mspId } = context.gateways.own.info
  throw new ClientError('NETWORK_MISMATCH', `${mspId} serves network ${networkId}, the configuration names ${networkIdHex(context)}.`, { party: { kind: 'gateway', mspId } })
}
