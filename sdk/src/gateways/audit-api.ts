import { AUDIT } from '@epione/protocol/api'
import type { AnswerOf, Input, RequestOf } from '@epione/protocol/api'
import type { Authorize } from './gateway-info.ts'
import type { GatewayCalls } from './gateway-calls.ts'

export type ConsentChangeQuery = Input<typeof AUDIT.listConsentChanges>['query']
export type GroupChangeQuery = Input<typeof AUDIT.listGroupChanges>['query']
export type NoticeQuery = RequestOf<typeof AUDIT.follow>['Querystring']

/** Routes of one gateway for auditors and patients beside the access log itself. */
export class AuditApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  listConsentChanges (query: ConsentChangeQuery, authorize: Authorize): Promise<AnswerOf<typeof AUDIT.listConsentChanges>> {
    return this.#calls.ask(AUDIT.listConsentChanges, { query }, { authorize })
  }

  listGroupChanges (query: GroupChangeQuery, authorize: Authorize): Promise<AnswerOf<typeof AUDIT.listGroupChanges>> {
    return this.#calls.ask(AUDIT.listGroupChanges, { query }, { authorize })
  }

  listWebhooks (authorize: Authorize): Promise<AnswerOf<typeof AUDIT.listWebhooks>> {
    return this.#calls.ask(AUDIT.listWebhooks, {}, { authorize })
  }

  resendWebhooks (
    id: string, body: RequestOf<typeof AUDIT.resendWebhooks>['Body'], authorize: Authorize
  ): Promise<AnswerOf<typeof AUDIT.resendWebhooks>> {
    return this.#calls.ask(AUDIT.resendWebhooks, { params: { id }, body }, { authorize })
  }

  /** Server-sent events as bytes, until they or the signal end them. */
  follow (query: NoticeQuery, authorize: Authorize, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    return this.#calls.listen(AUDIT.follow, { query }, authorize, signal)
  }
}
