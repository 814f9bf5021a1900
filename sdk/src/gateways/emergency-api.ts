import type { SignedStatement } from '@epione/crypto'
import { EMERGENCIES } from '@epione/protocol/api'
import type { AnswerOf, Input } from '@epione/protocol/api'
import type { Authorize } from './gateway-info.ts'
import type { GatewayCalls } from './gateway-calls.ts'

export type EmergencyQuery = Input<typeof EMERGENCIES.list>['query']

/** Routes of one gateway about break-glass. */
export class EmergencyApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  publishKeys (mspId: string, statement: SignedStatement): Promise<AnswerOf<typeof EMERGENCIES.publishKeys>> {
    return this.#calls.ask(EMERGENCIES.publishKeys, { params: { mspId }, body: { statement } })
  }

  getKeys (mspId: string): Promise<AnswerOf<typeof EMERGENCIES.getKeys>> {
    return this.#calls.ask(EMERGENCIES.getKeys, { params: { mspId } })
  }

  listDeposits (patientId: string, cursor: string | undefined, authorize: Authorize): Promise<AnswerOf<typeof EMERGENCIES.listDeposits>> {
    return this.#calls.ask(EMERGENCIES.listDeposits, { query: { patientId, cursor } }, { authorize })
  }

  list (query: EmergencyQuery, authorize: Authorize): Promise<AnswerOf<typeof EMERGENCIES.list>> {
    return this.#calls.ask(EMERGENCIES.list, { query }, { authorize })
  }

  close (statement: SignedStatement, id: string, authorize: Authorize): Promise<AnswerOf<typeof EMERGENCIES.close>> {
    return this.#calls.ask(EMERGENCIES.close, { body: { statement } }, { authorize, key: id })
  }

  review (statement: SignedStatement, id: string, authorize: Authorize): Promise<AnswerOf<typeof EMERGENCIES.review>> {
    return this.#calls.ask(EMERGENCIES.review, { body: { statement } }, { authorize, key: id })
  }
}
