import { UPLOADS } from '@epione/protocol/api'
import type { AnswerOf } from '@epione/protocol/api'
import { ClientError } from '../errors.ts'
import type { GatewayCalls } from './gateway-calls.ts'
import type { Authorize } from './gateway-info.ts'

const TUS = { 'tus-resumable': '1.0.0' }
/** The last part is answered when the gateway has hashed the whole. */
const PART_TIMEOUT_MS = 15 * 60 * 1000

/** Resumable uploads at one gateway (tus 1.0.0), which are the caller's own. */
export class UploadCalls {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  /** Begins an upload of bytes that have this CID; returns its id. */
  async begin (lengthBytes: number, cid: string, authorize: Authorize): Promise<string> {
    const headers = { ...TUS, 'upload-length': String(lengthBytes), 'upload-metadata': `cid ${btoa(cid)}` }
    const answer = await this.#calls.signal(UPLOADS.create, {}, { authorize, headers })
    const id = /\/([0-9a-f]{32})$/.exec(answer['location'] ?? '')?.[1]
    if (id === undefined) throw this.#malformed()
    return id
  }

  /** How many bytes are there. @throws {ClientError} REFUSED with `UPLOAD_UNKNOWN` or `UPLOAD_EXPIRED` when it is to be begun anew */
  async state (uploadId: string, authorize: Authorize): Promise<AnswerOf<typeof UPLOADS.get>> {
    return await this.#calls.ask(UPLOADS.get, { params: { uploadId } }, { authorize })
  }

  /** Sends bytes from `offset` on; returns how many are there then. */
  async append (uploadId: string, offset: number, bytes: AsyncIterable<Uint8Array>, authorize: Authorize): Promise<number> {
    const headers = { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    const sent = { authorize, headers, upload: bytes, timeoutMs: PART_TIMEOUT_MS }
    const answer = await this.#calls.signal(UPLOADS.append, { params: { uploadId } }, sent)
    const now = Number(answer['upload-offset'] ?? NaN)
    if (!Number.isSafeInteger(now) || now < offset) throw this.#malformed()
    return now
  }

  #malformed (): ClientError {
    const { mspId } = this.#calls.info
    return new ClientError('ANSWER_MALFORMED', `The gateway of ${mspId} answers an upload otherwise than tus says.`, { party: { kind: 'gateway', mspId } })
  }
}
