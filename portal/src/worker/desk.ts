import type { KeyRing } from '@epione/crypto'
import { ClientError, findPatient } from '@epione/sdk'
import type { BearerToken, ClientContext, PatientContext, TokenContext } from '@epione/sdk'
import { kept } from './kept.ts'
import { Network } from './network.ts'
import { PortalError } from './problem.ts'

/** Time in ms without anything done by the person, after which keys are gone from memory. */
export const IDLE_MS = 10 * 60 * 1000
/** Time in ms that keys stay for work that the person said yes to, as a large record on its way, though nothing else is done. */
export const WORK_MS = 60 * 60 * 1000

/** A moment by the wall clock, which goes on while a machine sleeps, and by one that nobody sets back. */
interface Moment { wall: number, running: number }

/** A sign-in at the own hospital: its token is exchanged for the next one before it ends. */
export interface SignedIn { token: () => Promise<BearerToken>, close: () => void }

/** Finds whose keys these are. @throws {ClientError} where nobody's are shown to be */
export type FindPatient = (context: ClientContext, keys: KeyRing) => Promise<PatientContext>

/** Everything that the worker holds: the network, and while it is unlocked the keys. */
export class Desk {
  /** @throws {ClientError} UNAVAILABLE, CONFIG_INVALID */
  readonly network = kept(() => Network.read())
  readonly #patient = kept(() => this.#findPatient())
  #find: FindPatient = findByPhrase
  readonly #held = new Map<symbol, () => Promise<unknown>>()
  #keys: KeyRing | undefined
  #signIn: SignedIn | undefined
  #watching = false
  #seen: Moment = { wall: 0, running: 0 }
  #working = 0
  readonly #onLock: () => void
  readonly #clock: () => Moment

  /** `onLock` ends the worker: only so is what was derived of the keys gone, too. */
  constructor (onLock: () => void, clock = (): Moment => ({ wall: Date.now(), running: performance.now() })) {
    this.#onLock = onLock
    this.#clock = clock
  }

  get unlocked (): boolean {
    return this.#keys !== undefined
  }

  /** `find`: whose they are; by default the patient's whose identity key is among them. */
  unlock (keys: KeyRing, find: FindPatient = findByPhrase): void {
    this.#keys = keys
    this.#find = find
    this.#watch()
  }

  /** Somebody is signed in from now on, in place of any other; undefined: nobody. */
  signIn (signIn: SignedIn | undefined): void {
    this.#signIn?.close()
    this.#signIn = signIn
    this.#watch()
  }

  #watch (): void {
    this.#seen = this.#clock()
    if (this.#watching) return
    this.#watching = true
    // A machine that slept counts no time meanwhile; it is looked at once a second instead.
    setInterval(() => { this.#lockIfLeft() }, 1_000)
  }

  /** The person is there; who comes back after the time, as to a machine that slept, is not let in by coming. */
  stay (): void {
    if (!this.#lockIfLeft()) this.#seen = this.#clock()
  }

  /** Does what the person said yes to: keys stay until it is done, as long as that does not take an hour. */
  async during <T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1
    try {
      return await work()
    } finally {
      this.#working -= 1
    }
  }

  get #isLeft (): boolean {
    const [now, ms] = [this.#clock(), this.#working > 0 ? WORK_MS : IDLE_MS]
    return now.wall - this.#seen.wall > ms || now.running - this.#seen.running > ms
  }

  #lockIfLeft (): boolean {
    const isDue = (this.#keys !== undefined || this.#signIn !== undefined) && this.#isLeft
    if (isDue) this.#onLock()
    return isDue
  }

  /** That keys are here or somebody is signed in, who was not away for too long. @throws {PortalError} LOCKED */
  requireSomebody (): void {
    if ((this.#keys === undefined && this.#signIn === undefined) || this.#isLeft) throw new PortalError('LOCKED', 'Nobody is here: unlock the keys, or sign in.')
  }

  /** @throws {PortalError} LOCKED */
  keys (): KeyRing {
    if (this.#keys === undefined || this.#isLeft) throw new PortalError('LOCKED', 'The keys are locked: unlock them first.')
    return this.#keys
  }

  /**
   * Who is signed in at the own hospital, of whose gateway alone the token is.
   * @throws {PortalError} SIGNED_OUT, LOCKED where everybody was away for too long
   */
  async token (): Promise<TokenContext> {
    const { context } = await this.network()
    if (this.#signIn !== undefined && this.#isLeft) throw new PortalError('LOCKED', 'Nobody was here for too long: sign in again.')
    if (this.#signIn === undefined) throw new PortalError('SIGNED_OUT', 'Nobody is signed in: sign in at the hospital first.')
    return { ...context, role: 'token', token: await this.#signIn.token() }
  }

  /** The patient of these keys, as two hospitals show their directory. @throws {ClientError} NOT_INITIALIZED where it is not registered */
  async patient (): Promise<PatientContext> {
    this.keys()
    return await this.#patient()
  }

  /**
   * What a room reads once and keeps for as long as these keys are there, under a symbol of the room's own: as whose they are at a
   * hospital. A failure is told, and read again.
   */
  async held<T> (name: symbol, read: () => Promise<T>): Promise<T> {
    this.keys()
    let reading = this.#held.get(name) as (() => Promise<T>) | undefined
    if (reading === undefined) {
      reading = kept(read)
      this.#held.set(name, reading)
    }
    return await reading()
  }

  async #findPatient (): Promise<PatientContext> {
    const keys = this.keys()
    const { context, prove } = await this.network()
    await prove()
    return await this.#find(context, keys)
  }
}

async function findByPhrase (context: ClientContext, keys: KeyRing): Promise<PatientContext> {
  const patient = await findPatient(context, keys)
  if (patient === undefined) throw new ClientError('NOT_INITIALIZED', 'No hospital has registered these keys yet.')
  return patient
}
