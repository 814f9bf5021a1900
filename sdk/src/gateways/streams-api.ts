import type { SignedStatement } from '@epione/crypto'
import { STREAMS } from '@epione/protocol/api'
import type { AnswerOf, SentWindow } from '@epione/protocol/api'
import type { Authorize } from './gateway-info.ts'
import type { GatewayCalls } from './gateway-calls.ts'

/** Sending waits for a copy at a second hospital, a segment for the ledger. */
const WINDOWS_TIMEOUT_MS = 120_000

/** Routes of one gateway for devices and what they measure. */
export class StreamsApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  addDevice (statement: SignedStatement, id: string): Promise<AnswerOf<typeof STREAMS.addDevice>> {
    return this.#calls.ask(STREAMS.addDevice, { body: { statement } }, { key: id })
  }

  endDevice (statement: SignedStatement, id: string): Promise<AnswerOf<typeof STREAMS.endDevice>> {
    return this.#calls.ask(STREAMS.endDevice, { body: { statement } }, { key: id })
  }

  listDevices (patientId: string, cursor: string | undefined): Promise<AnswerOf<typeof STREAMS.listDevices>> {
    return this.#calls.ask(STREAMS.listDevices, { params: { patientId }, query: { cursor, limit: undefined } })
  }

  /** Harmless to repeat: a gateway tells a window by its statement. */
  putWindows (
    stream: string, windows: SentWindow[], gap: boolean, authorize: Authorize
  ): Promise<AnswerOf<typeof STREAMS.putWindows>> {
    const body = { windows, ...(gap ? { gap } : {}) }
    return this.#calls.ask(STREAMS.putWindows, { params: { stream }, body }, { authorize, timeoutMs: WINDOWS_TIMEOUT_MS })
  }

  closeSegment (stream: string, statement: SignedStatement, authorize: Authorize): Promise<AnswerOf<typeof STREAMS.closeSegment>> {
    return this.#calls.ask(STREAMS.closeSegment, { params: { stream }, body: { statement } }, { authorize, timeoutMs: WINDOWS_TIMEOUT_MS })
  }

  getStream (stream: string, authorize: Authorize): Promise<AnswerOf<typeof STREAMS.getStream>> {
    return this.#calls.ask(STREAMS.getStream, { params: { stream } }, { authorize })
  }

  /** Windows of no segment yet, that lie at this gateway. */
  listStored (stream: string, after: number | undefined, authorize: Authorize): Promise<AnswerOf<typeof STREAMS.listStored>> {
    return this.#calls.ask(STREAMS.listStored, { params: { stream }, query: { after } }, { authorize })
  }

  /** Without the way of each to the root: they are proven as a whole segment. */
  listWindows (
    { recordId, version }: { recordId: string, version: number },
    query: { event?: string | undefined, after?: number | undefined },
    authorize: Authorize
  ): Promise<AnswerOf<typeof STREAMS.listWindows>> {
    return this.#calls.ask(STREAMS.listWindows, { params: { recordId, version }, query: { ...query, paths: 'none' } },
      { authorize: (gateway) => authorize(gateway, { recordId, version }) })
  }
}
