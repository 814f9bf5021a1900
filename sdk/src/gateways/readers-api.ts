import { READERS } from '@epione/protocol/api'
import type { AnswerOf, ProvenWrap } from '@epione/protocol/api'
import type { Authorize } from './gateway-info.ts'
import type { GatewayCalls } from './gateway-calls.ts'

/** Longer than a gateway waits for its proxies, and than many requests at once take. */
const COLLECT_TIMEOUT_MS = 60_000

/** Routes of one gateway for whoever reads windows under a permit. */
export class ReadersApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  collect (eventId: string, windows: ProvenWrap[], authorize: Authorize): Promise<AnswerOf<typeof READERS.collectWindows>> {
    return this.#calls.ask(READERS.collectWindows, { params: { eventId }, body: { windows } }, { authorize, timeoutMs: COLLECT_TIMEOUT_MS })
  }

  /** Server-sent events as bytes, until it ends. */
  follow (eventId: string, after: number | undefined, authorize: Authorize): Promise<AsyncIterable<Uint8Array>> {
    return this.#calls.download(READERS.follow, { params: { eventId }, query: { after } }, authorize)
  }
}
