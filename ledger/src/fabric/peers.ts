import { Client, credentials } from '@grpc/grpc-js'
import { connect, hash } from '@hyperledger/fabric-gateway'
import type { Gateway, Signer } from '@hyperledger/fabric-gateway'
import { explainFabricError, isUnreachable, PeerLost } from './errors.ts'
import type { LedgerIdentity } from './ledger-connection.ts'
import { createSigner } from './signer.ts'

/** A peer of the own organisation. */
export interface PeerEndpoint { address: string, tlsName: string, tlsCaPem: string }

/** Deadlines in ms of Fabric's calls; the library has none of its own and hangs for ever when a leader dies. */
export const DEADLINES_MS = { evaluate: 5_000, endorse: 15_000, submit: 5_000, commitStatus: 3_000 } as const
/** The same (ms) of a read while there is another peer to ask: a machine that is gone answers nothing, and refuses nothing, either. */
const EVALUATE_ELSEWHERE_MS = 2_500
/** A peer that has answered nobody for so long (ms) when a call to it fails is lost: whoever else waits for it asks another at once. */
const SILENT_MS = 2_000

const CHANNEL_OPTIONS = {
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  // Blocks may be larger than the default of 4 MiB.
  'grpc.max_receive_message_length': -1
}

/** A peer, when it last answered anything, and what ends the waiting for it. */
interface Peer { client: Client, answeredAt: number, lost: AbortController }

/** One connection to each of the organisation's peers, shared by all identities; calls go to one peer until it fails. */
export class Peers {
  readonly #peers: Peer[]
  #current = 0

  constructor (endpoints: readonly PeerEndpoint[]) {
    this.#peers = endpoints.map(({ address, tlsName, tlsCaPem }) => ({
      client: new Client(address, credentials.createSsl(Buffer.from(tlsCaPem)), { ...CHANNEL_OPTIONS, 'grpc.ssl_target_name_override': tlsName }),
      answeredAt: -Infinity,
      lost: new AbortController()
    }))
  }

  /** Number of the peer that calls go to; pass it to `giveUp` when it failed. */
  get current (): number {
    return this.#current
  }

  /** Aborts when this peer is lost and there is another: what waits for it waits in vain. */
  lossOf (number: number): AbortSignal {
    return this.#peerAt(number).lost.signal
  }

  /** Moves on to the next peer unless somebody else has already. */
  giveUp (failed: number): void {
    if (this.#peers.length === 1) return
    if (this.#current === failed) this.#current = (failed + 1) % this.#peers.length
    const peer = this.#peerAt(failed)
    if (performance.now() - peer.answeredAt < SILENT_MS) return
    peer.lost.abort(new PeerLost())
    peer.lost = new AbortController()
  }

  /**
   * Calls one peer and, when it cannot be reached, each other once: for calls that order nothing.
   * @throws {LedgerError} {@link ReadConflict} {@link LedgerUnavailable} as `explainFabricError` says
   */
  async call<T> (identity: FabricIdentity, work: (gateway: Gateway) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const asked = this.#current
      const isLast = tries >= this.#peers.length
      try {
        const gateway = this.gateway(identity, isLast ? DEADLINES_MS.evaluate : EVALUATE_ELSEWHERE_MS)
        const result = await unlessLost(this.lossOf(asked), work(gateway))
        this.#peerAt(asked).answeredAt = performance.now()
        return result
      } catch (error) {
        if (!isUnreachable(error)) this.#peerAt(asked).answeredAt = performance.now()
        if (!isUnreachable(error) || isLast) throw explainFabricError(error, identity.isOwn)
        this.giveUp(asked)
      }
    }
  }

  /** The gateway service of the current peer under an identity. */
  gateway (identity: FabricIdentity, evaluateMs: number = DEADLINES_MS.evaluate): Gateway {
    const { client } = this.#peerAt(this.#current)
    const within = (ms: number) => () => ({ deadline: Date.now() + ms })
    return connect({
      client,
      identity: { mspId: identity.mspId, credentials: identity.credentials },
      signer: identity.signer,
      // The signer hashes what it signs.
      hash: hash.none,
      evaluateOptions: within(evaluateMs),
      endorseOptions: within(DEADLINES_MS.endorse),
      submitOptions: within(DEADLINES_MS.submit),
      commitStatusOptions: within(DEADLINES_MS.commitStatus)
    })
  }

  #peerAt (number: number): Peer {
    const peer = this.#peers[number]
    if (peer === undefined) throw new RangeError('an organisation needs a peer')
    return peer
  }

  close (): void {
    for (const { client } of this.#peers) client.close()
  }
}

/** Rejects with why `signal` was aborted as soon as it is, whatever becomes of the work. */
async function unlessLost<T> (signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: lost, reject } = Promise.withResolvers<never>()
  const end = (): void => { reject(signal.reason as Error) }
  signal.addEventListener('abort', end)
  try {
    return await Promise.race([work, lost])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/** An identity with its key made ready to sign; the signer takes whole messages. `isOwn`: the process itself, who acts for nobody else. */
export interface FabricIdentity { mspId: string, credentials: Uint8Array, signer: Signer, isOwn?: boolean }

export function toFabricIdentity ({ mspId, certificate, privateKey }: LedgerIdentity, isOwn = false): FabricIdentity {
  return { mspId, credentials: Buffer.from(certificate), signer: createSigner(privateKey), isOwn }
}
