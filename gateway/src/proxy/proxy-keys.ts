import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { exportSecret, fromHex, SecretKey, toHex } from '@epione/crypto'

/** Keys of an organisation's proxy: kfrags are sealed to the first, the second signs answers, custody, receipts, destructions. */
export interface ProxyKeys { encryption: SecretKey, signing: SecretKey }

/** The file in DATA_DIR, readable by the gateway's user alone. */
export const PROXY_KEYS_FILE = 'proxy-keys.json'

/** The proxy keys of a data folder; null when none were made there. @throws on a file that is not one of ours */
export async function loadProxyKeys (dataDir: string): Promise<ProxyKeys | null> {
  const text = await readFile(join(dataDir, PROXY_KEYS_FILE), 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null
    throw error
  })
  return text === null ? null : parseProxyKeys(text)
}

/** The proxy keys of a data folder, made there (and durable) when it has none. */
export async function loadOrCreateProxyKeys (dataDir: string): Promise<ProxyKeys> {
  const present = await loadProxyKeys(dataDir)
  if (present !== null) return present
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const keys: ProxyKeys = { encryption: SecretKey.random(), signing: SecretKey.random() }
  const text = JSON.stringify({ encryptionSecret: toHex(exportSecret(keys.encryption)), signingSecret: toHex(exportSecret(keys.signing)) })
  if (await createDurably(join(dataDir, PROXY_KEYS_FILE), new TextEncoder().encode(`${text}\n`))) return keys
  return await loadOrCreateProxyKeys(dataDir)
}

/**
 * Writes a file that appears whole or not at all and survives loss of power, readable by the owner alone.
 * False when a file of that name is there already: it is left as it is.
 */
export async function createDurably (path: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
    await file.close()
  } catch (error) {
    // Closing it twice is harmless; a part of a key that found no room is of no use to anybody.
    await file.close()
    await unlink(temporary)
    throw error
  }
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await unlink(temporary)
    await syncFolder(dirname(path))
  }
}

/** Makes the entries of a folder durable. */
export async function syncFolder (path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export function isCode (error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function parseProxyKeys (text: string): ProxyKeys {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('encryptionSecret' in value) || !('signingSecret' in value)) {
    throw new TypeError(`${PROXY_KEYS_FILE} lacks encryptionSecret or signingSecret`)
  }
  return { encryption: secretOf(value.encryptionSecret), signing: secretOf(value.signingSecret) }
}

function secretOf (value: unknown): SecretKey {
  // The text itself never enters the message: it may be a secret.
  if (typeof value !== 'string') throw new TypeError(`a key in ${PROXY_KEYS_FILE} is not a string`)
  return SecretKey.fromBytes(fromHex(value))
}
