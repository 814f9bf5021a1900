import { readNetworkVersions } from '@epione/ledger/client'
import type { LedgerClient, ProvenVersion } from '@epione/ledger/client'
import { checkSoftware, LedgerError } from '@epione/protocol'
import type { NetworkDocument, NetworkVersion } from '@epione/protocol'
import { Refusal } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'

/** The ledger is not the one that network.json describes, or asks for what this software does not do. */
export class LedgerMismatch extends Error {
  override readonly name = 'LedgerMismatch'
  readonly code = 'LEDGER_MISMATCH'
}

interface Options { ledger: Pick<LedgerClient, 'getNetwork' | 'getNetworkDocument'>, trusted: NetworkDocument, clock: () => number }

/** Every version of the network document from that of network.json up, each verified once by this gateway itself. */
export class NetworkVersions {
  readonly #options: Options
  #versions: ProvenVersion[] = []
  /** How often somebody said that there may be a newer version, and how often of that the ledger was read since. */
  #told = 1
  #seen = 0
  #looking: Promise<void> | undefined

  constructor (options: Options) {
    this.#options = options
  }

  /** There may be a newer version: the next look reads the ledger again. */
  note (): void {
    this.#told += 1
  }

  /** Number of the newest version that was verified, whether or not it is in force yet; 0 before the first. */
  get newest (): number {
    return this.#versions.at(-1)?.document.version ?? 0
  }

  /** Reads and verifies what is new. @throws {LedgerMismatch} @throws {GatewayError} LEDGER_UNAVAILABLE */
  async look (): Promise<void> {
    while (this.#seen !== this.#told) await (this.#looking ??= this.#read().finally(() => { this.#looking = undefined }))
  }

  async #read (): Promise<void> {
    const { ledger, trusted } = this.#options
    const told = this.#told
    try {
      this.#versions = await readNetworkVersions(ledger, trusted, this.#versions)
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'NETWORK_NOT_FOUNDED') {
        throw new GatewayError('LEDGER_UNAVAILABLE', 'the network is not founded yet', { cause: error })
      }
      if (!(error instanceof Refusal)) throw error
      throw new LedgerMismatch(`${error.message}. Do not use this ledger; ask the members what they agreed on.`, { cause: error })
    }
    this.#seen = told
  }

  /** The document in force by this gateway's clock. @throws {GatewayError} LEDGER_UNAVAILABLE until it was seen and verified */
  inForce (): ProvenVersion {
    return this.#at(this.#options.clock())
  }

  /** The one that was in force at a time (ms) of the ledger, whatever blocks have told of meanwhile. @throws as `look` */
  async at (time: number): Promise<NetworkDocument> {
    await this.look()
    return this.#at(time).document
  }

  /** What was signed of a version; undefined for one that is not there, or before that of network.json. */
  signed (version: number): NetworkVersion | undefined {
    return this.#versions.find(({ document }) => document.version === version)?.signed
  }

  /** Ends whoever would run on a version that this software cannot do. @throws {LedgerMismatch} */
  requireSoftware (): void {
    const { document } = this.inForce()
    const faults = checkSoftware(document)
    if (faults.length === 0) return
    const version = String(document.version)
    throw new LedgerMismatch(`version ${version} of the network document asks for software of another kind. ${faults.join(' ')} Install the release that members agreed on.`)
  }

  /** The newest version, when it is yet to come and this software cannot do what it asks for. */
  findObstacle (): { version: number, inForceFrom: number, faults: string[] } | undefined {
    const newest = this.#versions.at(-1)?.document
    const faults = newest === undefined ? [] : checkSoftware(newest)
    return newest === undefined || faults.length === 0
      ? undefined
      : { version: newest.version, inForceFrom: newest.inForceFrom, faults }
  }

  #at (time: number): ProvenVersion {
    const found = this.#versions.findLast(({ document }) => document.inForceFrom <= time) ?? this.#versions[0]
    if (found === undefined) {
      throw new GatewayError('LEDGER_UNAVAILABLE', 'no peer of this hospital has answered since the gateway started')
    }
    return found
  }
}
