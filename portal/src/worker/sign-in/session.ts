import { BearerToken, isClientError } from '@epione/sdk'
import type { IdentityProvider, Tokens } from '@epione/sdk/sign-in'
import type { SignedIn } from '../desk.ts'
import { PortalError } from '../problem.ts'
import type { KeptSignIn, SignIn } from './kept-sign-in.ts'

/** A token is exchanged when less than this (ms), or a tenth of its life, is left of it. */
const EARLY_MS = 30_000
/** One that could not be exchanged in time is asked for again after this (ms). */
const RETRY_MS = 10_000
const LOCK = 'epione-sign-in'

/** What a provider gave just now. */
export function received (tokens: Tokens): Tokens & Pick<SignIn, 'renewFrom'> {
  return { ...tokens, renewFrom: tokens.expiresAt - Math.min(EARLY_MS, (tokens.expiresAt - Date.now()) / 10) }
}

/** A sign-in: each refresh token is good once, so of several tabs that share one on this machine one exchanges it at a time. */
export class Session implements SignedIn {
  readonly #reach: () => Promise<IdentityProvider>
  #kept: KeptSignIn | undefined
  readonly #bearer: BearerToken
  #signIn: SignIn
  #renewing: Promise<BearerToken> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `kept`: where it stays on this machine; of somebody without keys it ends with the page. */
  constructor (signIn: SignIn, reach: () => Promise<IdentityProvider>, kept?: KeptSignIn) {
    this.#signIn = signIn
    this.#reach = reach
    this.#kept = kept
    this.#bearer = new BearerToken(signIn.accessToken)
    this.#renewLater()
  }

  get shown (): Readonly<SignIn> {
    return this.#signIn
  }

  /** @throws {PortalError} SIGNED_OUT when the provider ended it @throws {ClientError} UNAVAILABLE */
  async token (): Promise<BearerToken> {
    if (!this.#isDue) return this.#bearer
    return await this.#renew()
  }

  /** Ends it at the provider, where it can be told, and here in any case, for all tabs. @throws {ClientError} UNAVAILABLE, REFUSED */
  async end (): Promise<void> {
    this.close()
    // In turn with an exchange by another tab, which would lay the next tokens there after all.
    const { refreshToken } = await navigator.locks.request(LOCK, async () => {
      const newest = await this.#findShared()
      if (newest !== undefined) await this.#kept?.forget()
      return newest ?? this.#signIn
    })
    if (refreshToken !== undefined) await (await this.#reach()).revoke(refreshToken)
  }

  /** Keeps it on this machine from now on, unless it is kept already. */
  async keepBy (kept: KeptSignIn): Promise<void> {
    if (this.#kept !== undefined) return
    await kept.write(this.#signIn)
    this.#kept = kept
  }

  close (): void {
    clearTimeout(this.#timer)
  }

  get #isDue (): boolean {
    return Date.now() >= this.#signIn.renewFrom
  }

  async #renew (): Promise<BearerToken> {
    this.#renewing ??= navigator.locks.request(LOCK, async () => await this.#exchange()).finally(() => { this.#renewing = undefined })
    return await this.#renewing
  }

  async #exchange (): Promise<BearerToken> {
    if (this.#kept !== undefined) this.#signIn = await this.#findShared() ?? this.#gone()
    if (this.#isDue) {
      const { refreshToken } = this.#signIn
      const tokens = refreshToken === undefined ? undefined : await (await this.#reach()).refresh(refreshToken)
      if (tokens === undefined) {
        await this.#kept?.forget()
        this.#gone()
      }
      this.#signIn = { ...this.#signIn, ...received(tokens) }
      await this.#kept?.write(this.#signIn)
    }
    this.#bearer.replace(this.#signIn.accessToken)
    this.#renewLater()
    return this.#bearer
  }

  /** As it lies on this machine: another tab may have been first to exchange it, to sign out, or to sign somebody else in. */
  async #findShared (): Promise<SignIn | undefined> {
    const [there, here] = [await this.#kept?.read(), this.#signIn]
    if (there === undefined) return undefined
    return there.issuer === here.issuer && there.clientId === here.clientId && there.subject === here.subject ? there : undefined
  }

  #gone (): never {
    this.close()
    throw new PortalError('SIGNED_OUT', 'Your sign-in at the hospital has ended: sign in again.')
  }

  /** What takes long outlives a token; where the sign-in has ended, it is for the next who needs one to say so. */
  #renewLater (ms = Math.max((this.#signIn.renewFrom + this.#signIn.expiresAt) / 2 - Date.now(), 0)): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#renew().catch((error: unknown) => { if (isClientError(error, 'UNAVAILABLE')) this.#renewLater(RETRY_MS) })
    }, ms)
  }
}
