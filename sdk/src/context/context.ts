import type { KeyRing, SecretKey } from '@epione/crypto'
import { toHex } from '@epione/crypto'
import type { NetworkDocument } from '@epione/protocol'
import type { Authorize } from '../gateways/gateway-info.ts'
import type { Gateways } from '../gateways/gateways.ts'

/** What every function of the SDK needs. */
export interface ClientContext {
  /** 32 bytes: part of every signature. */
  readonly networkId: Uint8Array
  readonly gateways: Gateways
  /**
   * The document that the network must have been founded on, as the own network file says; without it founders' signatures and network id
   * are all that is checked.
   */
  readonly document?: NetworkDocument
  /** Milliseconds since the epoch; the system's clock when absent. */
  readonly now?: () => number
  /** How long in ms another organisation gets to show a statement committed. */
  readonly confirmMs?: number
}

/** A patient at their own device. */
export interface PatientContext extends ClientContext {
  readonly role: 'patient'
  readonly patientId: string
  readonly keys: KeyRing
  /** Number of the identity key in force; 1 until it is changed. */
  readonly identityNumber?: number
}

/** A practitioner at a workstation: keys of their own, and a token of the hospital's identity provider. */
export interface PractitionerContext extends ClientContext {
  readonly role: 'practitioner'
  readonly person: { mspId: string, staffId: string }
  readonly keys: KeyRing
  /** Number of the receiving and request-signing keys in use; raised by a rotation. */
  readonly keyNumber: number
  readonly token: BearerToken
}

/** An admin, a registration desk or an auditor: a token and no keys. */
export interface TokenContext extends ClientContext { readonly role: 'token', readonly token: BearerToken }

/** A bearer token that neither JSON nor `inspect` shows. */
export class BearerToken {
  #token: string

  constructor (token: string) {
    this.#token = token
  }

  /** Takes the next token of the same sign-in, for requests from now on. */
  replace (token: string): void {
    this.#token = token
  }

  readonly authorize: Authorize = () => `Bearer ${this.#token}`

  toJSON (): string {
    return '[BearerToken]'
  }
}

/** The key that signs for the patient now. */
export function identityKeyOf ({ keys, identityNumber = 1 }: Pick<PatientContext, 'keys' | 'identityNumber'>): SecretKey {
  return keys.identity(identityNumber)
}

export function currentTime (context: ClientContext): number {
  return (context.now ?? Date.now)()
}

export function networkIdHex (context: ClientContext): string {
  return toHex(context.networkId)
}
