import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWK, JWTPayload } from 'jose'
import type { FetchDocument } from '../../gateway/src/http/fetch-document.ts'

export interface TokenOptions {
  expiresInSeconds?: number
  audience?: string | string[]
  /** Claims that take the place of the usual ones; undefined ones are left out. */
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  /** Of the keys that were made, newest last; the newest by default. */
  key?: number
}

/** An identity provider whose documents are handed over in memory: it signs what a test asks for, with keys that a test changes. */
export interface TestIssuer {
  issuer: string
  /** Signs an access token (RFC 9068), or what the options make of it. */
  sign: (subject: string, scope: string, options?: TokenOptions) => Promise<string>
  /** Makes a further key, which signs from now on; the former ones are shown still. */
  addKey: (algorithm?: string) => Promise<void>
  /** Shows only the keys at these places. */
  show: (...places: number[]) => void
  /** Answers of `fetchDocument`: how many, and what they are until the test says something else. */
  fetches: number
  maxAgeMs: number | undefined
  isAway: boolean
  discovery: Record<string, unknown>
  fetchDocument: FetchDocument
}

interface Key { algorithm: string, jwk: JWK, privateKey: Parameters<SignJWT['sign']>[0] }

export async function createTestIssuer ({ issuer = 'https://issuer.invalid', audience, signing, clock = Date.now }: {
  issuer?: string
  /** The private key of a real provider of that name, in whose place this one signs, too. */
  signing?: JWK
  audience: string
  clock?: () => number
}): Promise<TestIssuer> {
  const keys: Key[] = []
  let shown: number[] = []
  const jwksUrl = `${issuer}/jwks`
  const self: TestIssuer = {
    issuer,
    fetches: 0,
    maxAgeMs: undefined,
    isAway: false,
    discovery: { issuer, jwks_uri: jwksUrl },
    addKey: async (algorithm = 'ES256') => {
      const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
      const jwk = await exportJWK(publicKey)
      keys.push({ algorithm, jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' }, privateKey })
      shown = keys.map((_, place) => place)
    },
    show: (...places) => { shown = places },
    sign: async (subject, scope, options = {}) => {
      const key = keys[options.key ?? keys.length - 1]
      if (key === undefined) throw new Error('no such key')
      const now = Math.floor(clock() / 1000)
      const claims: JWTPayload = {
        iss: issuer,
        aud: options.audience ?? audience,
        sub: subject,
        scope,
        client_id: 'epione-cli',
        iat: now,
        exp: now + (options.expiresInSeconds ?? 3600),
        ...options.claims
      }
      return await new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, typ: 'at+jwt', kid: key.jwk.kid ?? '', ...options.header })
        .sign(key.privateKey)
    },
    fetchDocument: async (url) => {
      self.fetches++
      await Promise.resolve()
      if (self.isAway) throw new Error('the identity provider is away')
      if (url === `${issuer}/.well-known/openid-configuration`) return { document: self.discovery, maxAgeMs: undefined }
      if (url !== jwksUrl) throw new Error(`no document at ${url}`)
      return { document: { keys: keys.flatMap(({ jwk }, place) => shown.includes(place) ? [jwk] : []) }, maxAgeMs: self.maxAgeMs }
    }
  }
  if (signing === undefined) await self.addKey()
  else {
    const { d: _, ...jwk } = signing
    keys.push({ algorithm: jwk.alg ?? '', jwk, privateKey: await importJWK(signing) })
    shown = [0]
  }
  return self
}
