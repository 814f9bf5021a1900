import type { webcrypto } from 'node:crypto'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError } from '@epione/sdk'
import { readText } from '../files.ts'
import type { ServiceKey } from '@epione/sdk/sign-in'

const Jwk = Type.Object({
  kty: Type.Enum(['EC', 'RSA']),
  kid: Type.String({ minLength: 1 }),
  d: Type.String({ minLength: 1 }),
  crv: Type.Optional(Type.String()),
  alg: Type.Optional(Type.String())
})

/** A hospital program's private key: a JWK with `kid`, P-256 or P-384, or RSA with `alg` RS256 or RS384. @throws {ClientError} */
export async function readServiceKey (path: string): Promise<ServiceKey> {
  const text = await readText(path)
  try {
    const jwk: unknown = JSON.parse(text)
    if (Value.Check(Jwk, jwk)) {
      const algorithm = jwk.kty === 'EC'
        ? { name: 'ECDSA', namedCurve: jwk.crv ?? '' }
        : { name: 'RSASSA-PKCS1-v1_5', hash: jwk.alg === 'RS384' ? 'SHA-384' : 'SHA-256' }
      return { key: await crypto.subtle.importKey('jwk', jwk as webcrypto.JsonWebKey, algorithm, false, ['sign']), keyId: jwk.kid }
    }
  } catch {
    // Neither JSON nor a key: said below, without a word of what it holds.
  }
  throw new ClientError('FILE_DAMAGED', `${path} holds no private key as a JWK with kid (EC P-256 or P-384, or RSA).`, { path })
}
