import type { Readable } from 'node:stream'
import { Cid } from '@epione/protocol'
import { DataStore, Server, TUS_RESUMABLE, Upload } from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Value } from 'typebox/value'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'
import { refuseStall } from './refuse-stall.ts'
import type { ResumableUploads, UploadState } from './resumable-uploads.ts'
import type { Owner } from './tally.ts'
import { UploadLocks } from './upload-locks.ts'

interface Caller { owner: Owner, /** Of the upload that the address names. */ id?: string }

const PATH = '/v1/uploads'
/** What of a request the library is shown: nothing in the others is its business. */
const ASKED = /^(?:tus-resumable|upload-[a-z-]+|content-type|content-length)$/
/** What of its answers is passed on. */
const ANSWERED = /^(?:location|cache-control|tus-[a-z-]+|upload-[a-z-]+)$/
const CODES: Readonly<Record<number, GatewayErrorCode>> = {
  404: 'UPLOAD_UNKNOWN', 409: 'UPLOAD_CONFLICT', 410: 'UPLOAD_EXPIRED', 412: 'PRECONDITION_FAILED', 413: 'CONTENT_TOO_LARGE', 500: 'INTERNAL'
}

/** Speaks tus by its own library over the gateway's uploads, for callers that the gateway's own hooks have let in. */
export class TusServer {
  readonly #uploads: ResumableUploads
  readonly #locker = new UploadLocks()
  readonly #idleMs: number

  /** `idleMs`: how long a request's body may stall. */
  constructor (uploads: ResumableUploads, idleMs: number) {
    this.#uploads = uploads
    this.#idleMs = idleMs
  }

  /** Answers as the library does; its refusals, and those of the uploads, are thrown. @throws {GatewayError} */
  async answer (request: FastifyRequest, reply: FastifyReply, { owner, id }: Caller): Promise<FastifyReply> {
    reply.header('tus-resumable', TUS_RESUMABLE)
    let failure: unknown
    const server = new Server({
      path: PATH,
      datastore: new OwnersStore(this.#uploads, owner, this.#idleMs),
      locker: this.#locker,
      maxSize: this.#uploads.maxBytes,
      relativeLocation: true,
      allowedOrigins: [],
      getFileIdFromRequest: () => id,
      onResponseError: (_request, error) => {
        failure = error
        return undefined
      }
    })
    const response = await server.handleWeb(toWeb(request))
    for (const [name, value] of response.headers) if (ANSWERED.test(name)) reply.header(name, value)
    if (response.status < 400) return await reply.code(response.status).send()
    if (failure instanceof Error) throw failure
    const words = (await response.text()).trim()
    throw new GatewayError(CODES[response.status] ?? 'REQUEST_INVALID', words === '' ? 'the request is none of tus 1.0.0' : words)
  }
}

/** The uploads of one owner, as the library sees a store: another's is not there. */
class OwnersStore extends DataStore {
  override extensions = ['creation', 'expiration', 'termination']
  readonly #uploads: ResumableUploads
  readonly #owner: Owner
  readonly #idleMs: number

  constructor (uploads: ResumableUploads, owner: Owner, idleMs: number) {
    super()
    this.#uploads = uploads
    this.#owner = owner
    this.#idleMs = idleMs
  }

  override async create (upload: Upload): Promise<Upload> {
    const cid = upload.metadata?.['cid'] ?? undefined
    if (cid !== undefined && !Value.Check(Cid, cid)) throw new GatewayError('REQUEST_INVALID', 'cid in Upload-Metadata is no CID')
    const state = await this.#uploads.create(this.#owner, upload.size ?? 0, cid)
    return Object.assign(upload, toUpload(state))
  }

  override async getUpload (id: string): Promise<Upload> {
    // A client to which all bytes are here asks no more: by then they are stored.
    return toUpload(await this.#uploads.settle(id, this.#owner))
  }

  override async write (stream: Readable, id: string, offset: number): Promise<number> {
    const pieces = refuseStall(stream as AsyncIterable<Uint8Array>, this.#idleMs)
    return (await this.#uploads.append(id, this.#owner, offset, pieces)).offset
  }

  override async remove (id: string): Promise<void> {
    await this.#uploads.end(id, this.#owner)
  }

  override getExpiration (): number {
    return this.#uploads.lifeMs
  }
}

function toUpload ({ id, offset, length, createdAt }: UploadState): Upload {
  return new Upload({ id, offset, size: length, creation_date: new Date(createdAt).toISOString() })
}

/** The request in the form that the library reads; what it leaves unread of the body stays unread, so that a refusal reaches the caller. */
function toWeb ({ method, url, headers, raw }: FastifyRequest): Request {
  const shown = Object.entries(headers).filter(([name]) => ASKED.test(name)).map(([name, value]): [string, string] => [name, String(value)])
  const body = method === 'PATCH' ? ReadableStream.from(raw.iterator({ destroyOnReturn: false })) : null
  return new Request(`https://gateway.invalid${url}`, { method, headers: shown, body, ...(body !== null && { duplex: 'half' }) })
}
