import type { KeyRing } from '@epione/crypto'
import { ClientError, findPatient } from '@epione/sdk'
import type { PatientContext } from '@epione/sdk'
import { Network } from './network.ts'
import { PortalError } from './problem.ts'

/** Time in ms without anything done by the person, after which keys are gone from memory. */
export const IDLE_MS = 10 * 60 * 1000

/** Everything that the worker holds: the network, and while it is unlocked the keys. */
export class Desk {
  #network: Promise<Network> | undefined
  #keys: KeyRing | undefined
  #patient: Promise<PatientContext> | undefined
  #until = 0
  readonly #onLock: () => void

  /** `onLock` ends the worker: only so is what was derived of the keys gone, too. */
  constructor (onLock: () => void) {
    this.#onLock = onLock
  }

  /** @throws {ClientError} UNAVAILABLE, CONFIG_INVALID */
  network (): Promise<Network> {
    this.#network ??= Network.read().catch((error: unknown) => {
      this.#network = undefined
      throw error
    })
    return this.#network
  }

  get unlocked (): boolean {
    return this.#keys !== undefined
  }

  unlock (keys: KeyRing): void {
    this.#keys = keys
    this.stay()
    // A machine that slept counts no time meanwhile; it is looked at once a second instead.
    setInterval(() => { if (Date.now() > this.#until) this.#onLock() }, 1_000)
  }

  /** The person is there. */
  stay (): void {
    this.#until = Date.now() + IDLE_MS
  }

  /** @throws {PortalError} LOCKED */
  keys (): KeyRing {
    if (this.#keys === undefined || Date.now() > this.#until) throw new PortalError('LOCKED', 'The keys are locked: unlock them first.')
    return this.#keys
  }

  /** The patient of these keys, as two hospitals show their directory. @throws {ClientError} NOT_INITIALIZED where it is not registered */
  async patient (): Promise<PatientContext> {
    const keys = this.keys()
    const network = await this.network()
    this.#patient ??= network.prove().then(() => findPatient(network.context, keys)).then(requireRegistered)
    return await this.#patient.catch((error: unknown) => {
      this.#patient = undefined
      throw error
    })
  }
}

function requireRegistered (patient: PatientContext | undefined): PatientContext {
  if (patient !== undefined) return patient
  throw new ClientError('NOT_INITIALIZED', 'No hospital has registered these keys yet.')
}
