import { createHmac } from 'node:crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { KeyRing } from '@epione/crypto'
import { openBox, sealBox, waitForLock } from '@epione/host'
import { BearerToken, ClientError, isClientError } from '@epione/sdk'
import type { Home } from '../home.ts'
import { openKeystore, sealKeystore } from '../keystore.ts'
import { parseJson } from '../parse-json.ts'
import { readServiceKey } from './service-key.ts'
import type { IdentityProvider, Tokens } from '@epione/sdk/sign-in'
import { reachProvider } from './identity-provider.ts'

/** A token is exchanged when less than this (ms) is left of it. */
const EARLY_MS = 30_000
/** How long a command waits for another one that is exchanging the token. */
const LOCK_WAIT = { retryMs: 50, tries: 600 }
/** A token that could not be exchanged in time is asked for again after this (ms): an identity provider is away for a moment, too. */
const RETRY_MS = 10_000
const BOX_NAME = 'epione/sign-in'

/** Who is signed in at a home, and what it takes to stay so. */
export const SignIn = Type.Object({
  issuer: Type.String(),
  clientId: Type.String(),
  audience: Type.String(),
  /** Root of the hospital's own certificates. */
  caPem: Type.Optional(Type.String()),
  scope: Type.String(),
  accessToken: Type.String(),
  expiresAt: Type.Number(),
  refreshToken: Type.Optional(Type.String()),
  /** Of a program of the hospital, which signs in anew by itself. */
  keyFile: Type.Optional(Type.String())
})
export type SignIn = Static<typeof SignIn>

const KeptFile = Type.Union([
  Type.Object({ version: Type.Literal(1), by: Type.Literal('keys'), box: Type.String({ pattern: '^([0-9a-f]{2}){29,32768}$' }) }),
  Type.Object({ version: Type.Literal(1), by: Type.Literal('passphrase'), keystore: Type.Unknown() })
])

export interface SignInSecrets {
  passphrase: () => Promise<string>
  /** Of the home; undefined where it has none yet. */
  keys: () => Promise<KeyRing | undefined>
}

/**
 * The sign-in of a home, sealed under its keys, or, where it has none yet, under its pass-phrase as a keystore is. Tokens are exchanged
 * for the next ones as they end: by one command at a time, since each refresh token is good once.
 */
export class KeptSignIn {
  readonly #home: Home
  readonly #secrets: SignInSecrets
  #token: { bearer: BearerToken, expiresAt: number } | undefined
  #renewing: Promise<BearerToken> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor (home: Home, secrets: SignInSecrets) {
    this.#home = home
    this.#secrets = secrets
  }

  /** A token that is replaced before it ends, until `close`. @throws {ClientError} TOKEN_REQUIRED, UNAVAILABLE */
  async token (): Promise<BearerToken> {
    // One that has ended all the same could not be exchanged when it was time, or the machine slept.
    if (this.#token !== undefined && this.#token.expiresAt > Date.now()) return this.#token.bearer
    return await this.#renew()
  }

  /** The sign-in with a token that counts for a while yet. @throws {ClientError} TOKEN_REQUIRED, UNAVAILABLE */
  async current (): Promise<SignIn> {
    const { signIn, by } = await this.#open()
    const isDue = ({ expiresAt }: SignIn): boolean => expiresAt - Date.now() <= EARLY_MS
    // Since it was sealed under the pass-phrase the home may have got keys.
    const isToBeSealed = by === 'passphrase' && await this.#secrets.keys() !== undefined
    if (!isDue(signIn) && !isToBeSealed) return signIn
    return await this.#locked(async () => {
      const { signIn: newest } = await this.#open()
      if (isDue(newest)) return await this.#exchange(newest)
      if (isToBeSealed) await this.keep(newest)
      return newest
    })
  }

  /** Ends the sign-in at the identity provider, where it can be told. @throws {ClientError} */
  async end (): Promise<void> {
    await this.#locked(async () => {
      const { signIn } = await this.#open()
      if (signIn.refreshToken === undefined) return
      const provider = await reachProvider(signIn)
      try {
        await provider.revoke(signIn.refreshToken)
      } finally {
        await provider.close()
      }
    })
  }

  /** Keeps a new sign-in in place of any former one. */
  async keep (signIn: SignIn): Promise<void> {
    const text = JSON.stringify(signIn)
    const keys = await this.#secrets.keys()
    const file: Static<typeof KeptFile> = keys === undefined
      ? { version: 1, by: 'passphrase', keystore: JSON.parse(await sealKeystore(text, await this.#secrets.passphrase())) as unknown }
      : { version: 1, by: 'keys', box: sealBox(keyOf(keys), Buffer.from(text), BOX_NAME).toString('hex') }
    await this.#home.keepSignIn(`${JSON.stringify(file)}\n`)
  }

  close (): void {
    clearTimeout(this.#timer)
  }

  async #exchange (signIn: SignIn): Promise<SignIn> {
    const provider = await reachProvider(signIn)
    try {
      const tokens = await renew(provider, signIn)
      if (tokens === undefined) throw ended('Your sign-in has ended')
      const next = { ...signIn, ...tokens }
      await this.keep(next)
      return next
    } finally {
      await provider.close()
    }
  }

  /** The newest token in place of the one before, in whoever holds that; once for all who wait. */
  async #renew (): Promise<BearerToken> {
    this.#renewing ??= this.current().then(({ accessToken, expiresAt }) => {
      const bearer = this.#token?.bearer ?? new BearerToken(accessToken)
      bearer.replace(accessToken)
      this.#token = { bearer, expiresAt }
      this.#renewIn(Math.max(expiresAt - Date.now() - EARLY_MS / 2, EARLY_MS / 6))
      return bearer
    }).finally(() => { this.#renewing = undefined })
    return await this.#renewing
  }

  /** Long commands outlive a token. Where the sign-in has ended, it is for the next who needs one to say so. */
  #renewIn (ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#renew().catch((error: unknown) => { if (!isClientError(error, 'TOKEN_REQUIRED')) this.#renewIn(RETRY_MS) })
    }, ms).unref()
  }

  async #open (): Promise<{ signIn: SignIn, by: 'keys' | 'passphrase' }> {
    const text = await this.#home.findSignIn()
    if (text === undefined) {
      throw new ClientError('TOKEN_REQUIRED', 'This needs a token of the hospital: run "epione login" first, or say --token-file FILE or EPIONE_TOKEN_FILE.')
    }
    const file = parseJson(KeptFile, text)
    if (file?.by === 'passphrase') {
      const signIn = parseJson(SignIn, await openKeystore(JSON.stringify(file.keystore), await this.#secrets.passphrase()))
      if (signIn !== undefined) return { signIn, by: 'passphrase' }
    }
    const keys = file?.by === 'keys' ? await this.#secrets.keys() : undefined
    const opened = file?.by === 'keys' && keys !== undefined ? openWith(keys, file.box) : undefined
    const signIn = opened === undefined ? undefined : parseJson(SignIn, opened)
    if (signIn === undefined) throw ended(`${this.#home.signInFile} was damaged, or sealed by other keys than those of this home`)
    return { signIn, by: 'keys' }
  }

  async #locked<T> (work: () => Promise<T>): Promise<T> {
    const lock = await waitForLock(`${this.#home.signInFile}.lock`, LOCK_WAIT)
    if (lock !== undefined) return await work().finally(() => { lock.release() })
    throw new ClientError('UNAVAILABLE', 'Another command of this home is signing in and does not end: try again.')
  }
}

async function renew (provider: IdentityProvider, signIn: SignIn): Promise<Tokens | undefined> {
  if (signIn.keyFile !== undefined) {
    return await provider.signInByKey(await readServiceKey(signIn.keyFile), signIn.scope, signIn.audience)
  }
  return signIn.refreshToken === undefined ? undefined : await provider.refresh(signIn.refreshToken)
}

const ended = (why: string): ClientError => new ClientError('TOKEN_REQUIRED', `${why}: run "epione login" again.`)

/** A key for nothing but this, of what the home's agent may hold. */
function keyOf (keys: KeyRing): Uint8Array {
  return createHmac('sha256', keys.searchCacheKey()).update(BOX_NAME).digest()
}

function openWith (keys: KeyRing, box: string): string | undefined {
  try {
    return openBox(keyOf(keys), Buffer.from(box, 'hex'), BOX_NAME).toString('utf8')
  } catch {
    // Of another phrase, or changed: told as such by the caller.
    return undefined
  }
}
