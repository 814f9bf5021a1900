import { createLocalJWKSet, errors } from 'jose'
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { GatewayError } from '../errors.ts'
import type { FetchDocument } from './fetch-document.ts'
import { isFetchable } from './token-settings.ts'
import type { TokenSettings } from './token-settings.ts'

/** How long (ms) keys count without another look, where the provider says nothing; and the bounds of what it may say. */
const [FRESH_MS, FRESH_MIN_MS, FRESH_MAX_MS] = [300_000, 10_000, 600_000]
/** Keys older than this (ms) count no more, however long the provider is away: one that it withdrew ends at last. */
const KEPT_MAX_MS = 3_600_000
/** A token that names an unknown key has the keys fetched anew, but no more often than this (ms): anybody can make up such tokens. */
const COOLDOWN_MS = 5_000
/** The address of the keys is asked for again after this time (ms), or when they were not to be had there. */
const DISCOVERY_MS = 3_600_000

interface Kept { find: JWTVerifyGetKey, fetchedAt: number, freshMs: number }

/**
 * The issuer's keys as they are now: a new one is found when the first token names it, one that is gone from the provider's list is
 * refused at the latest when what is kept of the list has aged. Whoever comes while the list is being fetched waits for that answer.
 * @throws {GatewayError} IDENTITY_PROVIDER_UNAVAILABLE @throws {errors.JWKSNoMatchingKey}
 */
export function createIssuerKeys (
  { issuer, jwksUrl }: Pick<TokenSettings, 'issuer' | 'jwksUrl'>,
  fetchDocument: FetchDocument,
  clock: () => number
): JWTVerifyGetKey {
  let kept: Kept | undefined
  let pending: Promise<void> | undefined
  let triedAt = -Infinity
  let discovered: { url: string, at: number } | undefined

  const addressOfKeys = async (): Promise<string> => {
    if (jwksUrl !== undefined) return jwksUrl
    if (discovered === undefined || !isWithin(discovered.at, DISCOVERY_MS)) {
      discovered = { url: await discover(issuer, fetchDocument), at: clock() }
    }
    return discovered.url
  }
  // What was done in the future was done by a clock that has been set back since.
  const isWithin = (since: number, ms: number): boolean => since <= clock() && clock() - since < ms
  const fetchKeys = async (): Promise<void> => {
    triedAt = clock()
    try {
      const { document, maxAgeMs = FRESH_MS } = await fetchDocument(await addressOfKeys())
      const find = createLocalJWKSet(document as JSONWebKeySet)
      kept = { find, fetchedAt: clock(), freshMs: Math.min(Math.max(maxAgeMs, FRESH_MIN_MS), FRESH_MAX_MS) }
    } catch (cause) {
      discovered = undefined
      throw new GatewayError('IDENTITY_PROVIDER_UNAVAILABLE', 'the hospital\'s identity provider gave no keys: try again', { cause })
    }
  }
  const refresh = async (): Promise<void> => {
    pending ??= fetchKeys().finally(() => { pending = undefined })
    await pending
  }
  const current = async (): Promise<Kept> => {
    if (kept !== undefined && isWithin(kept.fetchedAt, kept.freshMs)) return kept
    if (kept !== undefined && isWithin(kept.fetchedAt, KEPT_MAX_MS)) {
      // Away for a while, the provider stops nobody who signed in before.
      if (!isWithin(triedAt, COOLDOWN_MS) || pending !== undefined) await refresh().catch(() => undefined)
      return kept
    }
    await refresh()
    return await current()
  }
  return async (header, token) => {
    const { find } = await current()
    try {
      return await find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || (isWithin(triedAt, COOLDOWN_MS) && pending === undefined)) throw error
      await refresh()
      return await (await current()).find(header, token)
    }
  }
}

/** Where the issuer says that its keys are. @throws {Error} when what is there is not this issuer's */
async function discover (issuer: string, fetchDocument: FetchDocument): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const { document } = await fetchDocument(url)
  const { issuer: named, jwks_uri: keys } = (document ?? {}) as { issuer?: unknown, jwks_uri?: unknown }
  if (named !== issuer) throw new Error(`${url} is the document of another issuer: OIDC_ISSUER must be what it says`)
  if (!isFetchable(keys)) throw new Error(`${url} names no jwks_uri that keys can be fetched from safely`)
  return keys
}
