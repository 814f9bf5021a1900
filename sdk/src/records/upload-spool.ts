import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Cid, Hash, RecordId, Version } from '@epione/protocol'
import { UploadId } from '@epione/protocol/api'
import type { SignedStatement } from '@epione/crypto'
import type { Written } from '../context/submit.ts'
import { isClientError } from '../errors.ts'
import { Patience } from '../gateways/patience.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { Authorize } from '../gateways/gateway-info.ts'
import type { RecordAdded } from './record-added.ts'

/** A signed manifest with all that goes with it, and what its registration answers beside its place on the ledger. */
export interface Registration {
  statement: SignedStatement
  own: Omit<RecordAdded, 'copies' | keyof Written>
  sealed: { wrap: string, entry?: string }
}

/** What is kept of a record whose ciphertext is on its way. The content key is in it: whoever keeps it seals it. */
export const SpooledRecord = Type.Object({
  recordId: RecordId,
  version: Version,
  contentKey: Hash,
  cid: Cid,
  contentHash: Hash,
  /** Bytes of the plaintext, and of the ciphertext. */
  sizeBytes: Type.Integer({ minimum: 1 }),
  sealedBytes: Type.Integer({ minimum: 1 }),
  uploadId: Type.Optional(UploadId),
  /** What was signed of it and may be on the ledger, to be sent again as it is. */
  registration: Type.Optional(Type.Unsafe<Registration>(
    Type.Object({ statement: Type.Object({}), own: Type.Object({}), sealed: Type.Object({}) })
  ))
})
export type SpooledRecord = Static<typeof SpooledRecord>

/**
 * Where a sealed content waits until its gateway has all of it and it is registered: sealed once, so that no nonce is used twice, however
 * often its way is broken off.
 */
export interface UploadSpool {
  /** What a former attempt at the very same record left, if it is whole. */
  load: () => Promise<SpooledRecord | undefined>
  /** Keeps the ciphertext. Nothing of it counts before `keep`. */
  write: (ciphertext: AsyncIterable<Uint8Array>) => Promise<void>
  /** Keeps, in place of what was kept, durably. */
  keep: (record: SpooledRecord) => Promise<void>
  read: (from: number) => AsyncIterable<Uint8Array>
  /** Removes all of it: the record is registered, or of no use. */
  drop: () => Promise<void>
  /** Told how many bytes of the ciphertext are through. */
  onProgress?: (bytes: number) => void
}

/** Brings what lies in a spool to a gateway, from the byte on where it stopped; returns what the gateway says that it stored. */
export async function uploadSpooled (
  gateway: GatewayApi, spool: UploadSpool, record: SpooledRecord, authorize: Authorize
): Promise<{ cid: string, contentHash: string, sizeBytes: number }> {
  const patience = new Patience()
  let { uploadId } = record
  let through = 0
  for (;;) {
    try {
      if (uploadId === undefined) {
        uploadId = await gateway.uploads.begin(record.sealedBytes, record.cid, authorize)
        await spool.keep({ ...record, uploadId })
      }
      const { offset, content } = await gateway.uploads.state(uploadId, authorize)
      if (content !== undefined) return content
      through = offset
      const bytes = counting(spool.read(offset), (more) => {
        through += more
        spool.onProgress?.(through)
      })
      await gateway.uploads.append(uploadId, offset, bytes, authorize)
    } catch (error) {
      if (isOver(error)) uploadId = undefined
      else if (!isElsewhere(error)) await patience.endure(error, through)
    }
  }
}

const codeOf = (error: unknown): unknown => isClientError(error) ? error.details['gatewayCode'] : undefined
/** Removed in time, given up, or of a gateway that lost it: it is begun anew. */
const isOver = (error: unknown): boolean => ['UPLOAD_UNKNOWN', 'UPLOAD_EXPIRED'].includes(String(codeOf(error)))
/** A former request of ours wrote on after its answer was lost: where it is is asked again. */
const isElsewhere = (error: unknown): boolean => codeOf(error) === 'UPLOAD_CONFLICT'

async function * counting (source: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of source) {
    yield piece
    count(piece.length)
  }
}
