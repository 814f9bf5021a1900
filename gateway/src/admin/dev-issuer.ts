import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWK } from 'jose'
import { createFile, isErrno, replaceFile } from '@epione/host'
import { ConfigError } from '../config.ts'

/** Algorithm of the local network's tokens. */
const ALGORITHM = 'ES256'
const KEY_FILE = 'issuer-key.json'

/** Makes the token issuer of the local network beside its JWKS file, when there is none. Returns false when there is. */
export async function createDevIssuer (jwksUrl: string | undefined): Promise<boolean> {
  const jwksFile = localFile(jwksUrl)
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const common = { kid: await calculateJwkThumbprint(publicJwk), alg: ALGORITHM, use: 'sig' }
  try {
    await createFile(keyFileOf(jwksFile), JSON.stringify({ ...await exportJWK(privateKey), ...common }))
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false
    throw error
  }
  await replaceFile(jwksFile, JSON.stringify({ keys: [{ ...publicJwk, ...common }] }))
  return true
}

export interface DevTokenRequest {
  issuer: string
  audience: string
  jwksUrl: string | undefined
  subject: string
  scope: string
  expiresInSeconds: number
}

/** Issues a bearer token in the name of the local network's issuer. */
export async function createDevToken ({ issuer, audience, jwksUrl, subject, scope, expiresInSeconds }: DevTokenRequest): Promise<string> {
  const jwk = JSON.parse(await readFile(keyFileOf(localFile(jwksUrl)), 'utf8')) as JWK
  const now = Math.floor(Date.now() / 1000)
  return await new SignJWT({ scope })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', ...(jwk.kid === undefined ? {} : { kid: jwk.kid }) })
    .setIssuer(issuer).setAudience(audience).setSubject(subject).setIssuedAt(now).setExpirationTime(now + expiresInSeconds)
    .sign(await importJWK(jwk, ALGORITHM))
}

function localFile (jwksUrl = ''): string {
  if (!jwksUrl.startsWith('file://')) throw new ConfigError(['OIDC_JWKS_URL is no file: the dev issuer serves the local network only'])
  return fileURLToPath(jwksUrl)
}

function keyFileOf (jwksFile: string): string {
  return join(dirname(jwksFile), KEY_FILE)
}
