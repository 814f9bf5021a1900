import { canonicalize } from '@epione/crypto'
import { Context } from 'fabric-contract-api'
import { LEDGER_KEYS, LedgerError, networkAt } from '@epione/protocol'
import { readEndorserClock } from './clock.ts'
import { readCreator } from './creator.ts'
import { StateStore } from './state-store.ts'
import type { LedgerEventName, NetworkState } from '@epione/protocol'
import type { Creator } from './creator.ts'

/** What one transaction knows: its id, time, creator, the state, and the network it runs in. */
export class LedgerContext extends Context {
  /** The endorser's clock; a double puts its own here. */
  readClock: () => number = readEndorserClock
  #creator: Creator | undefined
  #state: StateStore | undefined
  #network: NetworkState | undefined

  get txId (): string {
    return this.stub.getTxID()
  }

  /** Transaction timestamp in ms: the client's clock, held near the endorsers' by `checkTimestamp`. */
  get time (): number {
    return this.stub.getDateTimestamp().getTime()
  }

  get creator (): Creator {
    return (this.#creator ??= readCreator(this.clientIdentity))
  }

  get state (): StateStore {
    return (this.#state ??= new StateStore(this.stub))
  }

  /** Members, settings and policy that count at this transaction's time. @throws {LedgerError} NETWORK_NOT_FOUNDED */
  async network (): Promise<NetworkState> {
    if (this.#network !== undefined) return this.#network
    const head = await this.state.get<NetworkState>(LEDGER_KEYS.network())
    if (head === undefined) {
      throw new LedgerError(
        'NETWORK_NOT_FOUNDED',
        'Found the network first: an admin submits Network:Found with the signature of every founder.'
      )
    }
    return (this.#network = networkAt(head, this.time))
  }

  /** Sets the transaction's one event, whose payload is its result: it returns an empty response, so that a block holds it once less. */
  emit (name: LedgerEventName, value: object): string {
    this.stub.setEvent(name, Buffer.from(canonicalize(value)))
    return ''
  }
}
