import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { openBox } from '@epione/host'
import { ConfigError } from '../config.ts'
import type { WalletKeySource } from '../config.ts'
import { readNamedFile } from '../named-files.ts'

/** Keys of 32 bytes: the first seals, all open, so that a key can be exchanged while identities lie under the one before. */
export type WalletKeys = readonly [sealing: Uint8Array, ...others: Uint8Array[]]

const ADVICE = 'restore it from a backup: it alone opens what the gateway has sealed'
/** Of an exchange there are two; more are left over. */
const KEYS_MAX = 4
/** How long (ms) a program may take, and how much (bytes) it may print. */
const [COMMAND_MS, OUTPUT_MAX] = [15_000, 4_096]

/**
 * The keys that a setting names: a file, the setting itself, or what a program prints, such as one that asks a key service, which is ended
 * after `commandMs`.
 * @throws {ConfigError} whose words tell nothing of a key
 */
export async function readWalletKeys ({ setting, value }: WalletKeySource, commandMs = COMMAND_MS): Promise<WalletKeys> {
  const text = setting === 'WALLET_KEY'
    ? value
    : setting === 'WALLET_KEY_FILE' ? await readNamedFile(setting, value, ADVICE) : await runKeyCommand(value, commandMs)
  const lines = text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '')
  const isWhole = lines.length > 0 && lines.length <= KEYS_MAX && lines.every((line) => /^[0-9a-f]{64}$/.test(line))
  if (!isWhole || new Set(lines).size < lines.length) {
    const where = setting === 'WALLET_KEY' ? setting : `${setting} ${value}`
    throw new ConfigError([`${where} must hold 32 bytes in lowercase hex, or up to ${String(KEYS_MAX)} such lines, the newest first: ${ADVICE}`])
  }
  return lines.map((line) => Buffer.from(line, 'hex')) as unknown as WalletKeys
}

/** Runs a program of the operator's without arguments; what it prints is shown to nobody, whatever becomes of it. */
async function runKeyCommand (path: string, timeout: number): Promise<string> {
  try {
    // One that does not listen to SIGTERM would hold up the start as long as it likes.
    return (await promisify(execFile)(path, [], { timeout, killSignal: 'SIGKILL', maxBuffer: OUTPUT_MAX, encoding: 'utf8' })).stdout
  } catch (error) {
    const { code, killed } = error as { code?: unknown, killed?: boolean }
    const why = killed === true ? `took over ${String(timeout / 1000)} s, or printed too much` : `ended with ${String(code)}`
    throw new ConfigError([`WALLET_KEY_COMMAND ${path} ${why}: it must print the key, or the keys, and end with 0`])
  }
}

/** What is in a box of one of these keys; `isNewest` when the first one opened it. @throws {Error} when none does */
export function openWithKeys (keys: WalletKeys, box: Uint8Array, name: string): { secret: Buffer, isNewest: boolean } {
  const failures: unknown[] = []
  for (const key of keys) {
    try {
      return { secret: openBox(key, box, name), isNewest: failures.length === 0 }
    } catch (error) {
      failures.push(error)
    }
  }
  throw new Error('no key of the wallet opens this identity: it was sealed under another one, or changed', { cause: failures[0] })
}
