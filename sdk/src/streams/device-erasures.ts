import { StoredStatement } from '@epione/protocol'
import { Refusal, StatementReader, verifyErasedCompartments } from '@epione/protocol/verify'
import { Value } from 'typebox/value'
import { judged } from '../context/judge.ts'
import { isClientError } from '../errors.ts'
import { readDirectory } from '../keys/directory.ts'
import type { DeviceContext } from './device-context.ts'
import type { DeviceQueue } from './device-queue.ts'
import { isGatewayCode, problemMember } from './refusals.ts'

/**
 * What its patient erased of a device's compartment. Hospitals have destroyed it and take it no more; a device forgets it too, by the
 * patient's own signed word alone, because whoever could invent an erasure could make it lose what it measured (decision 0226).
 */
export class DeviceErasures {
  readonly #context: DeviceContext
  readonly #queue: DeviceQueue
  #erased = 0

  constructor (context: DeviceContext, queue: DeviceQueue) {
    this.#context = context
    this.#queue = queue
  }

  /** Windows forgotten since the start. */
  get count (): number {
    return this.#erased
  }

  /**
   * Forgets what was sent and is covered by the erasure that a refusal carries: true when there was any, so that going on may do. False
   * for other refusals, and for one that carries none, as of a gateway that has not read it yet. @throws {ClientError} ANSWER_MALFORMED
   * naming a gateway that shows one which is not the patient's
   */
  async heed (refusal: unknown): Promise<boolean> {
    if (!isGatewayCode(refusal, 'COMPARTMENT_ERASED')) return false
    const order = problemMember(refusal, 'order')
    if (order === undefined || !isClientError(refusal)) return false
    const { networkId, patientId, label } = this.#context
    const directory = await readDirectory(this.#context, patientId)
    const { compartments, time, isByNewestKey } = judged({ kind: 'gateway', mspId: String(refusal.details['gateway']) }, () =>
      verifyErasedCompartments(requireStored(order), directory, new StatementReader(networkId)))
    const epoch = Math.max(0, ...compartments.filter((named) => named.label === label).map((named) => named.epoch))
    // Whoever stole a former key could sign with it still, and say that the ledger took it long ago.
    const forgotten = await this.#queue.forgetErased({ epoch, ...(!isByNewestKey && { signedUntil: time }) })
    this.#erased += forgotten
    return forgotten > 0
  }
}

/** @throws {Refusal} for what is no statement that the ledger holds */
function requireStored (value: unknown): StoredStatement {
  if (Value.Check(StoredStatement, value)) return value
  throw new Refusal('STATEMENT_MALFORMED', { kind: 'statement', name: 'Erasure' }, 'it is not spelt as the ledger holds one')
}
