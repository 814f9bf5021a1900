import { READERS } from '@epione/protocol/api'
import type { AnswerOf, ProvenWindows } from '@epione/protocol/api'
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

  /** `without`: hospitals whose proxies are not to be asked. */
  collect (
    eventId: string, windows: ProvenWindows[], without: readonly string[], authorize: Authorize
  ): Promise<AnswerOf<typeof READERS.collectWindows>> {
    const body = { windows, ...(without.length > 0 && { without: [...without] }) }
    return this.#calls.ask(READERS.collectWindows, { params: { eventId }, body }, { authorize, timeoutMs: COLLECT_TIMEOUT_MS })
  }

  /** Server-sent events as bytes, until it ends. */
  follow (eventId: string, after: number | undefined, authorize: Authorize): Promise<AsyncIterable<Uint8Array>> {
    return this.#calls.download(READERS.follow, { params: { eventId }, query: { after } }, authorize)
  }
}
