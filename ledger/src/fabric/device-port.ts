import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import type { TransactionName } from '@epione/protocol'
import type { Committed, LedgerPort } from '../client/index.ts'
import { SignatureInvalid, SignatureRequired, SigningUnderWay } from './errors.ts'
import { isLowSignature } from './signer.ts'

/** An X.509 identity whose key is at its person's device. The certificate is PEM. */
export interface DeviceIdentity { mspId: string, certificate: string }

/** What a device signs, in this order. Whether it is committed any organisation may ask the peers, so that is signed by the own one. */
export type SigningStage = 'proposal' | 'transaction'

/** Something to be signed: `toSign` are the bytes that go into SHA-256 and ECDSA, `kept` the library's own form around them. */
export interface PreparedStep { txId: string, stage: SigningStage, kept: Uint8Array, toSign: Uint8Array }

/** A step of a transaction as the desk has it; `isTaken` while a request submits it, `committed` once that is what became of it. */
export interface DeskStep extends PreparedStep { certificate: string, signature?: Uint8Array, isTaken?: true, committed?: Committed }

/**
 * What waits for signatures of one person in one undertaking, which may be several HTTP requests: each transaction of it by its name and
 * arguments. `signature` stands at a step when the request at hand brought it, for this very transaction and stage.
 */
export interface SigningDesk {
  find: (transaction: TransactionName, args: readonly string[]) => Promise<DeskStep | undefined>
  /** Puts a first step on the desk; the one that lies there, when another request was faster. */
  ask: (transaction: TransactionName, args: readonly string[], step: PreparedStep & { certificate: string }) => Promise<DeskStep>
  /** Puts the next step in the place of one that is signed; false when another request did so. */
  advance: (signed: DeskStep, next: PreparedStep) => Promise<boolean>
  /** Takes a transaction whose signatures are complete, for this request alone to submit; false when another request has. */
  take: (signed: DeskStep) => Promise<boolean>
  /** Notes what became of one, so that the same undertaking does not do it again. */
  finish: (signed: DeskStep, committed: Committed) => Promise<void>
  /** Clears one that led to nothing: the next attempt is a new proposal. */
  drop: (step: DeskStep) => Promise<void>
  /** Names the undertaking to the device. */
  readonly undertaking: string
}

/** What a ledger does for an identity whose key it does not have. */
export interface DeviceEndorser {
  propose: (identity: DeviceIdentity, transaction: TransactionName, args: string[]) => PreparedStep
  /** Has a signed proposal endorsed. @throws {LedgerError} refused by the chaincode @throws {ReadConflict} {@link LedgerUnavailable} */
  endorse: (identity: DeviceIdentity, step: PreparedStep, signature: Uint8Array) => Promise<PreparedStep>
  /** Journals a signed transaction and brings it to its end, as `LedgerPort.submit`. */
  commit: (step: PreparedStep, signature: Uint8Array, transaction: TransactionName) => Promise<Committed>
}

export interface DevicePortOptions {
  identity: DeviceIdentity
  desk: SigningDesk
  endorser: DeviceEndorser
  /** Answers questions: these are the own organisation's, since nobody else's word is in them. */
  reader: Pick<LedgerPort, 'evaluate'>
}

/**
 * The ledger under an identity whose key is at its person's device: what is submitted waits for signatures, which come with further
 * requests of the same undertaking. Whoever submits does the same again each time, and gets further by one step.
 */
export class DevicePort implements LedgerPort {
  readonly #options: DevicePortOptions

  constructor (options: DevicePortOptions) {
    this.#options = options
  }

  /**
   * @throws {SignatureRequired} with what the device has to sign next
   * @throws {SignatureInvalid} for a signature of another key, or on something else
   * @throws {SigningUnderWay} when another request of the same undertaking submits it
   * @throws as `LedgerPort.submit`
   */
  async submit (transaction: TransactionName, args: string[]): Promise<Committed> {
    const { identity, desk } = this.#options
    const step = await desk.find(transaction, args) ?? await this.#propose(transaction, args)
    const { signature, stage } = step
    if (step.committed !== undefined) return step.committed
    if (step.isTaken === true) throw new SigningUnderWay()
    // A certificate that took the place of the one before signs nothing of it.
    if (step.certificate !== identity.certificate) {
      await desk.drop(step)
      throw this.#required(await this.#propose(transaction, args))
    }
    if (signature === undefined) throw this.#required(step)
    requireSignature(identity, step, signature)
    if (stage === 'transaction') return await this.#commit(step, signature, transaction)
    return await this.#endorse(step, signature, transaction, args)
  }

  async #propose (transaction: TransactionName, args: string[]): Promise<DeskStep> {
    const { identity, desk, endorser } = this.#options
    const step = endorser.propose(identity, transaction, args)
    return await desk.ask(transaction, args, { ...step, certificate: identity.certificate })
  }

  async evaluate (transaction: TransactionName, args: string[]): Promise<Uint8Array> {
    return await this.#options.reader.evaluate(transaction, args)
  }

  async #endorse (step: DeskStep, signature: Uint8Array, transaction: TransactionName, args: string[]): Promise<never> {
    const { identity, desk, endorser } = this.#options
    const next = await this.#orDrop(step, () => endorser.endorse(identity, step, signature))
    if (await desk.advance(step, next)) throw this.#required(next)
    const there = await desk.find(transaction, args)
    throw there === undefined ? new SigningUnderWay() : this.#required(there)
  }

  async #commit (step: DeskStep, signature: Uint8Array, transaction: TransactionName): Promise<Committed> {
    const { desk, endorser } = this.#options
    if (!await desk.take(step)) throw new SigningUnderWay()
    const committed = await this.#orDrop(step, () => endorser.commit(step, signature, transaction))
    await desk.finish(step, committed)
    return committed
  }

  async #orDrop<T> (step: DeskStep, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      await this.#options.desk.drop(step)
      throw error
    }
  }

  #required ({ txId, stage, toSign }: PreparedStep): SignatureRequired {
    return new SignatureRequired({ undertaking: this.#options.desk.undertaking, txId, stage, bytes: toSign })
  }
}

/** Peers would say no more than that access is denied. @throws {SignatureInvalid} */
export function requireSignature ({ certificate }: DeviceIdentity, { toSign }: PreparedStep, signature: Uint8Array): void {
  const key = createPublicKey(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }))
  if (!isLowSignature(signature)) throw new SignatureInvalid('the signature is not DER of r and the lower s')
  if (!verify('sha256', toSign, key, signature)) throw new SignatureInvalid('the signature is not of the key of this person\'s certificate, or not on these bytes')
}
