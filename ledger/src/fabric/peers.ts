import { Client, credentials } from '@grpc/grpc-js'
import { connect, hash } from '@hyperledger/fabric-gateway'
import type { Gateway, Signer } from '@hyperledger/fabric-gateway'
import { explainFabricError, isUnreachable } from './errors.ts'
import type { LedgerIdentity } from './ledger-connection.ts'
import { createSigner } from './signer.ts'

/** A peer of the own organisation. */
export interface PeerEndpoint { address: string, tlsName: string, tlsCaPem: string }

/** Deadlines in ms of Fabric's calls; the library has none of its own and hangs for ever when a leader dies. */
export const DEADLINES_MS = { evaluate: 5_000, endorse: 15_000, submit: 5_000, commitStatus: 3_000 } as const

const CHANNEL_OPTIONS = {
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  // Blocks may be larger than the default of 4 MiB.
  'grpc.max_receive_message_length': -1
}

/** One connection to each of the organisation's peers, shared by all identities; calls go to one peer until it fails. */
export class Peers {
  readonly #clients: Client[]
  #current = 0

  constructor (endpoints: readonly PeerEndpoint[]) {
    this.#clients = endpoints.map(({ address, tlsName, tlsCaPem }) =>
      new Client(address, credentials.createSsl(Buffer.from(tlsCaPem)), { ...CHANNEL_OPTIONS, 'grpc.ssl_target_name_override': tlsName }))
  }

  /** Number of the peer that calls go to; pass it to `giveUp` when it failed. */
  get current (): number {
    return this.#current
  }

  /** Moves on to the next peer unless somebody else has already. */
  giveUp (failed: number): void {
    if (this.#current === failed) this.#current = (failed + 1) % this.#clients.length
  }

  /**
   * Calls one peer and, when it cannot be reached, each other once: for calls that order nothing.
   * @throws {LedgerError} {@link ReadConflict} {@link LedgerUnavailable} as `explainFabricError` says
   */
  async call<T> (identity: FabricIdentity, work: (gateway: Gateway) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const asked = this.#current
      try {
        return await work(this.gateway(identity))
      } catch (error) {
        if (!isUnreachable(error) || tries >= this.#clients.length) throw explainFabricError(error)
        this.giveUp(asked)
      }
    }
  }

  /** The gateway service of the current peer under an identity. */
  gateway (identity: FabricIdentity): Gateway {
    const client = this.#clients[this.#current]
    if (client === undefined) throw new RangeError('an organisation needs a peer')
    const within = (ms: number) => () => ({ deadline: Date.now() + ms })
    return connect({
      client,
      identity: { mspId: identity.mspId, credentials: identity.credentials },
      signer: identity.signer,
      // The signer hashes what it signs.
      hash: hash.none,
      evaluateOptions: within(DEADLINES_MS.evaluate),
      endorseOptions: within(DEADLINES_MS.endorse),
      submitOptions: within(DEADLINES_MS.submit),
      commitStatusOptions: within(DEADLINES_MS.commitStatus)
    })
  }

  close (): void {
    for (const client of this.#clients) client.close()
  }
}

/** An identity with its key made ready to sign; the signer takes whole messages. */
export interface FabricIdentity { mspId: string, credentials: Uint8Array, signer: Signer }

export function toFabricIdentity ({ mspId, certificate, privateKey }: LedgerIdentity): FabricIdentity {
  return { mspId, credentials: Buffer.from(certificate), signer: createSigner(privateKey) }
}
