import { join } from 'node:path'
import { exportSecret, fromHex, SecretKey, toHex } from '@epione/crypto'
import { createFile, isErrno, readTextIfExists } from '@epione/host'

/** Keys of an organisation's proxy: kfrags are sealed to the first, the second signs answers, custody, receipts, destructions. */
export interface ProxyKeys { encryption: SecretKey, signing: SecretKey }

/** The file in DATA_DIR, readable by the gateway's user alone. */
export const PROXY_KEYS_FILE = 'proxy-keys.json'

/** The proxy keys of a data folder; null when none were made there. @throws on a file that is not one of ours */
export async function loadProxyKeys (dataDir: string): Promise<ProxyKeys | null> {
  const text = await readTextIfExists(join(dataDir, PROXY_KEYS_FILE))
  return text === undefined ? null : parseProxyKeys(text)
}

/** The proxy keys of a data folder, made there (and durable) when it has none. */
export async function loadOrCreateProxyKeys (dataDir: string): Promise<ProxyKeys> {
  const present = await loadProxyKeys(dataDir)
  if (present !== null) return present
  const keys: ProxyKeys = { encryption: SecretKey.random(), signing: SecretKey.random() }
  const text = JSON.stringify({ encryptionSecret: toHex(exportSecret(keys.encryption)), signingSecret: toHex(exportSecret(keys.signing)) })
  try {
    await createFile(join(dataDir, PROXY_KEYS_FILE), `${text}\n`)
    return keys
  } catch (error) {
    // Made by another process meanwhile.
    if (!isErrno(error, 'EEXIST')) throw error
    return await loadOrCreateProxyKeys(dataDir)
  }
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
