import { Type } from 'typebox'
import { Hex, TimeMs } from '../shapes/primitives.ts'
import { defineOperation } from './operation.ts'
import type { RouteAccess } from './operation.ts'
import { StoredContent } from './records.ts'
import { SCOPES } from './scopes.ts'

const tags = ['uploads'] as const
export const UploadId = Hex(16)
const UploadParams = Type.Object({ uploadId: UploadId })

const CREATOR: RouteAccess = {
  by: 'staff-or-patient',
  scopes: [SCOPES.registerRecords],
  who: 'any author, within what one may leave unfinished and unnamed',
  trace: 'request log'
}
const OWNER: RouteAccess = {
  ...CREATOR,
  who: 'whoever began the upload',
  stranger: { status: 404, code: 'UPLOAD_UNKNOWN', when: 'for anybody else' }
}

/** How far an upload is, in bytes; `content` once all of it came and is what it must be. */
const UploadState = Type.Object({
  uploadId: UploadId,
  offset: Type.Integer({ minimum: 0 }),
  length: Type.Integer({ minimum: 0 }),
  expiresAt: TimeMs,
  content: Type.Optional(StoredContent)
})

/**
 * Resumable uploads as the tus protocol 1.0.0 has them (https://tus.io/protocols/resumable-upload), with `creation`, `expiration` and
 * `termination`; its headers are not repeated here. `Upload-Metadata` may say the `cid` that the bytes must have; all else in it is
 * dropped.
 */
export const UPLOADS = {
  options: defineOperation({
    id: 'getUploadOptions',
    method: 'OPTIONS',
    path: '/v1/uploads',
    tags,
    summary: 'What this gateway speaks of tus, and how long a content may be: Tus-Version, Tus-Extension, Tus-Max-Size',
    answers: { 204: { description: 'said in the headers', type: 'null' } },
    access: { by: 'anyone', who: 'anyone', stranger: { status: 204, when: 'always' }, trace: 'request log' }
  }),

  create: defineOperation({
    id: 'createUpload',
    method: 'POST',
    path: '/v1/uploads',
    tags,
    summary: 'Begins a resumable upload of sealed content, of Upload-Length bytes; Location is its address, Upload-Expires its end',
    answers: { 201: { description: 'begun: Location, Upload-Expires', type: 'null' } },
    access: CREATOR
  }),

  offset: defineOperation({
    id: 'getUploadOffset',
    method: 'HEAD',
    path: '/v1/uploads/:uploadId',
    tags,
    summary: 'Where to go on: Upload-Offset and Upload-Length',
    params: UploadParams,
    answers: { 200: { description: 'said in the headers', type: 'null' } },
    access: OWNER
  }),

  get: defineOperation({
    id: 'getUpload',
    method: 'GET',
    path: '/v1/uploads/:uploadId',
    tags,
    summary: 'The same as JSON; of a finished upload what was stored',
    params: UploadParams,
    answers: { 200: UploadState },
    access: OWNER
  }),

  append: defineOperation({
    id: 'appendToUpload',
    method: 'PATCH',
    path: '/v1/uploads/:uploadId',
    tags,
    summary: 'Adds bytes at Upload-Offset, each piece durable when answered; after the last one CID and content hash are taken and the content is stored',
    params: UploadParams,
    body: {
      content: {
        'application/offset+octet-stream': {
          schema: Type.String({ format: 'binary', description: 'bytes of the sealed content from Upload-Offset on' })
        }
      }
    },
    answers: { 204: { description: 'taken: Upload-Offset', type: 'null' } },
    access: OWNER,
    stream: 'up'
  }),

  end: defineOperation({
    id: 'endUpload',
    method: 'DELETE',
    path: '/v1/uploads/:uploadId',
    tags,
    summary: 'Gives an upload up: what came of it is removed, unless it is finished',
    params: UploadParams,
    answers: { 204: { description: 'removed', type: 'null' } },
    access: OWNER,
    stops: true
  })
} as const
