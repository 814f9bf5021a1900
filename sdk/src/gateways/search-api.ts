import type { SignedStatement } from '@epione/crypto'
import { SEARCH } from '@epione/protocol/api'
import type { AnswerOf } from '@epione/protocol/api'
import type { Authorize } from './gateway-info.ts'
import type { GatewayCalls } from './gateway-calls.ts'

/** Routes of one gateway for search: none of them is told a keyword. */
export class SearchApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  publishKeys (
    statement: SignedStatement, wraps: string[], id: string, authorize: Authorize
  ): Promise<AnswerOf<typeof SEARCH.publishKeys>> {
    return this.#calls.ask(SEARCH.publishKeys, { body: { statement, wraps } }, { key: id, authorize })
  }

  /** All issues of one compartment and epoch, where one is named; else the newest of each. */
  listKeys (
    patientId: string, query: { label?: string, epoch?: number, cursor?: string | undefined }
  ): Promise<AnswerOf<typeof SEARCH.listKeys>> {
    return this.#calls.ask(SEARCH.listKeys, { params: { patientId }, query })
  }

  collectAnswers (eventId: string, authorize: Authorize): Promise<AnswerOf<typeof SEARCH.collect>> {
    return this.#calls.ask(SEARCH.collect, { params: { eventId } }, { authorize })
  }

  listLinks (
    patientId: string, query: { label: string, event?: string, after?: string }, authorize: Authorize
  ): Promise<AnswerOf<typeof SEARCH.listLinks>> {
    return this.#calls.ask(SEARCH.listLinks, { params: { patientId }, query }, { authorize })
  }

  /** A patient's chains, as this gateway has read its own peer. */
  listHeads (
    patientId: string, query: { label: string, cursor?: string | undefined }, authorize: Authorize
  ): Promise<AnswerOf<typeof SEARCH.listHeads>> {
    return this.#calls.ask(SEARCH.listHeads, { params: { patientId }, query }, { authorize })
  }
}
