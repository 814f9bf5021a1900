import { BearerToken, ClientError } from '@epione/sdk'
import { readVariable } from '../environment.ts'
import { readText } from '../files.ts'
import type { Io } from './io.ts'
import { ask, canAsk } from './prompt.ts'

const PASSPHRASE_MIN_LENGTH = 8

export interface SecretSources { io: Io, passphraseFile?: string | undefined, tokenFile?: string | undefined }

/** The pass-phrase of a keystore: from a file, or asked for. Never an argument: other users of a machine see those. */
export async function readPassphrase ({ io, passphraseFile }: SecretSources): Promise<string> {
  const path = passphraseFile ?? readVariable(io.env, 'EPIONE_PASSPHRASE_FILE')
  if (path !== undefined) return firstLine(await readText(path))
  if (!canAsk(io)) {
    throw new ClientError('PASSPHRASE_REQUIRED', 'Say where the pass-phrase is: --passphrase-file FILE or EPIONE_PASSPHRASE_FILE.')
  }
  const typed = await ask(io, 'Pass-phrase: ', { hidden: true })
  // What the terminal sent was no UTF-8, and every such byte looks the same by now.
  if (typed.includes('\ufffd')) {
    throw new ClientError(
      'TEXT_NOT_UTF8',
      'The terminal does not send UTF-8: set it to UTF-8, or use --passphrase-file.',
      { encoding: 'UTF-8' }
    )
  }
  return typed
}

/** A new pass-phrase, asked for twice on a terminal. */
export async function readNewPassphrase (sources: SecretSources): Promise<string> {
  const passphrase = await readPassphrase(sources)
  if (passphrase.length < PASSPHRASE_MIN_LENGTH) {
    throw new ClientError('PASSPHRASE_REQUIRED', `Choose a pass-phrase of at least ${PASSPHRASE_MIN_LENGTH} characters.`)
  }
  const isFromFile = (sources.passphraseFile ?? readVariable(sources.io.env, 'EPIONE_PASSPHRASE_FILE')) !== undefined
  if (!isFromFile && await ask(sources.io, 'Once more: ', { hidden: true }) !== passphrase) {
    throw new ClientError('PASSPHRASE_REQUIRED', 'The two pass-phrases differ.')
  }
  return passphrase
}

/** The bearer token that somebody brought in a file; undefined when none is named. */
export async function readTokenFile ({ io, tokenFile }: SecretSources): Promise<BearerToken | undefined> {
  const path = tokenFile ?? readVariable(io.env, 'EPIONE_TOKEN_FILE')
  if (path === undefined) return undefined
  const token = firstLine(await readText(path))
  if (!/^[\x21-\x7e]+$/.test(token)) throw new ClientError('TOKEN_REQUIRED', `${path} holds no token.`)
  return new BearerToken(token)
}

export function hasTokenFile ({ io, tokenFile }: SecretSources): boolean {
  return (tokenFile ?? readVariable(io.env, 'EPIONE_TOKEN_FILE')) !== undefined
}

function firstLine (text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '')
}
