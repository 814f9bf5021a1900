import { parseScopes } from '@epione/protocol/api'
import { isClientError } from '@epione/sdk/errors'
import type { CodeBegun, IdentityProvider } from '@epione/sdk/sign-in'
import type { Desk } from '../desk.ts'
import { PortalError, problemOf } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { KeptSignIn } from '../sign-in/kept-sign-in.ts'
import type { SignIn } from '../sign-in/kept-sign-in.ts'
import { findPlace } from '../sign-in/provider.ts'
import type { SignInPlace } from '../sign-in/provider.ts'
import { received, Session } from '../sign-in/session.ts'

/** What tokens of somebody open, in the words of the hospital's duties. */
const DUTIES = {
  clinician: 'user/DocumentReference.r',
  desk: 'user/Patient.c',
  auditor: 'user/AuditEvent.r',
  administrator: 'user/Practitioner.c',
  networkAdmin: 'user/Endpoint.rs'
} as const
export type Duty = keyof typeof DUTIES

/** Who is signed in at the own hospital, told to people; `until` in ms. */
export type SessionShown = { state: 'none' } | {
  state: 'signed-in', hospital: string, mspId: string, scopes: string[], duties: Duty[], subject?: string, name?: string, until?: number
}

/** A sign-in that somebody may finish at the provider's page; `address` is that page's. */
export interface SignInBegun { id: string, address: string, hospital: string }

interface Begun { place: SignInPlace, provider: IdentityProvider, code: CodeBegun, until: number, settled: PromiseWithResolvers<undefined> }

/** Time in ms for a person to type their password. */
const BEGUN_MS = 10 * 60_000
const ANSWER_MAX = 16_384
/** By the state of each: of several tabs the one that began a sign-in ends it. */
const begun = new Map<string, Begun>()
let current: { session: Session, place: SignInPlace } | undefined
let listening: BroadcastChannel | undefined

export async function readSession (desk: Desk): Promise<SessionShown> {
  const held = current ?? await takeUp(desk)
  if (held === undefined) return { state: 'none' }
  try {
    await held.session.token()
  } catch (error) {
    if (!(error instanceof PortalError)) throw error
    current = undefined
    desk.signIn(undefined)
    return { state: 'none' }
  }
  // Whoever made or brought keys after signing in stays signed in, too, as long as these are here.
  if (desk.unlocked) await held.session.keepBy(new KeptSignIn(desk.keys()))
  const { scope, subject, name, until } = held.session.shown
  const granted = parseScopes(scope)
  return {
    state: 'signed-in',
    hospital: held.place.hospital.name,
    mspId: held.place.hospital.mspId,
    scopes: scope.split(' ').filter((word) => word.includes('/')),
    duties: (Object.keys(DUTIES) as Duty[]).filter((duty) => granted.allows(DUTIES[duty])),
    ...(subject === undefined ? {} : { subject }),
    ...(name === undefined ? {} : { name }),
    ...(until === undefined ? {} : { until })
  }
}

/** Begins a sign-in: the person opens `address` in a tab of its own, and this one stays as it is. @throws {ClientError} */
export async function beginSignIn (desk: Desk): Promise<SignInBegun> {
  const place = await findPlace(desk)
  const provider = await place.reach()
  const code = await provider.beginCode({ scope: place.scopes, resource: place.audience, redirectUri: place.redirectUri })
  const settled = Promise.withResolvers<undefined>()
  // It may come back when nobody waits for it any more.
  settled.promise.catch(() => undefined)
  for (const [state, { until }] of begun) if (Date.now() > until) begun.delete(state)
  begun.set(code.state, { place, provider, code, until: Date.now() + BEGUN_MS, settled })
  listen(desk)
  return { id: code.state, address: code.address, hospital: place.hospital.name }
}

/** Waits until the tab came back. @throws {ClientError} REFUSED, CONFIG_INVALID for an answer that is none of this sign-in's issuer */
export async function awaitSignIn (_: Desk, { id }: { id: string }): Promise<void> {
  const one = begun.get(id)
  if (one === undefined) throw new PortalError('SIGN_IN_GONE', 'This sign-in was begun too long ago, or ended already: begin again.')
  await one.settled.promise
}

/** Ends the sign-in here, and at the provider where that can be told: else it ends there by its own time, and that is told. */
export async function signOut (desk: Desk): Promise<{ problem?: Problem }> {
  const held = current ?? await takeUp(desk)
  current = undefined
  desk.signIn(undefined)
  try {
    await held?.session.end()
    return {}
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

/** A sign-in that lies sealed under the keys on this machine. */
async function takeUp (desk: Desk): Promise<typeof current> {
  if (!desk.unlocked) return undefined
  const kept = new KeptSignIn(desk.keys())
  const signIn = await kept.read()
  if (signIn === undefined) return undefined
  const place = await findPlace(desk)
  // Another hospital than the one it was at: it stays for who comes back to that.
  if (place.issuer !== signIn.issuer || place.clientId !== signIn.clientId) return undefined
  return hold(desk, place, signIn, kept)
}

function hold (desk: Desk, place: SignInPlace, signIn: SignIn, kept: KeptSignIn | undefined): NonNullable<typeof current> {
  const session = new Session(signIn, place.reach, kept)
  desk.signIn(session)
  current = { session, place }
  return current
}

/** Hears what tabs were led back with; who began the sign-in of that state answers, and nobody else. */
function listen (desk: Desk): void {
  if (listening !== undefined) return
  listening = new BroadcastChannel('epione-sign-in')
  listening.addEventListener('message', ({ data }: MessageEvent<{ query?: unknown }>) => {
    if (typeof data.query !== 'string' || data.query.length > ANSWER_MAX) return
    const answer = new URLSearchParams(data.query)
    const state = answer.get('state') ?? ''
    const one = begun.get(state)
    if (one === undefined) return
    // Once: whatever comes of it.
    begun.delete(state)
    listening?.postMessage({ state, heard: true })
    finish(desk, one, answer).then(
      () => { one.settled.resolve(undefined); listening?.postMessage({ state }) },
      (error: unknown) => { one.settled.reject(error); listening?.postMessage({ state, problem: problemOf(error) }) }
    )
  })
}

async function finish (desk: Desk, { place, provider, code, until }: Begun, answer: URLSearchParams): Promise<void> {
  if (Date.now() > until) throw new PortalError('SIGN_IN_GONE', 'This sign-in was begun too long ago: begin again.')
  const { issuer, clientId, scopes } = place
  const tokens = await provider.finishCode(code, answer).catch((error: unknown) => {
    throw isClientError(error, 'CONFIG_INVALID') ? new PortalError('SIGN_IN_FALSE', error.message) : error
  })
  const signIn: SignIn = { issuer, clientId, ...received(tokens), scope: tokens.scope ?? scopes }
  const kept = desk.unlocked ? new KeptSignIn(desk.keys()) : undefined
  await kept?.write(signIn)
  hold(desk, place, signIn, kept)
}
