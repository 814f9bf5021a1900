import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'
import { readTextIfExists, replaceFile } from '@epione/host'

/** P-384: what SMART asks servers for. */
export const SIGNING_ALGORITHM = 'ES384'
/** The one that signs, and the one before, whose last tokens count still. */
const KEYS_KEPT = 2

/** The keys that sign tokens, newest first; a first one is made where there is none. */
export async function loadSigningKeys (dataDir: string): Promise<JWK[]> {
  return await readKeys(dataDir) ?? await rotateSigningKeys(dataDir)
}

/** Makes a further key, which signs from the next start on; the one before it is shown until the next rotation. */
export async function rotateSigningKeys (dataDir: string): Promise<JWK[]> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const key = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: SIGNING_ALGORITHM, use: 'sig' }
  const keys = [key, ...await readKeys(dataDir) ?? []].slice(0, KEYS_KEPT)
  await replaceFile(fileIn(dataDir), JSON.stringify({ keys }))
  return keys
}

async function readKeys (dataDir: string): Promise<JWK[] | undefined> {
  const text = await readTextIfExists(fileIn(dataDir))
  return text === undefined ? undefined : (JSON.parse(text) as { keys: JWK[] }).keys
}

const fileIn = (dataDir: string): string => join(dataDir, 'signing-keys.json')
