import { fromHex, openContent, randomBytes, sealContent, toHex } from '@epione/crypto'
import type { SealResult, SecretKey } from '@epione/crypto'
import { CidHasher } from '@epione/crypto/cid'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import { readThrough } from '../files/read-through.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { ContentKeywords } from '../search/content-keywords.ts'
import { uploadSpooled } from './upload-spool.ts'
import type { Registration, SpooledRecord, UploadSpool } from './upload-spool.ts'

/** A content that the own gateway has, with its key. */
export interface SealedContent extends Pick<SpooledRecord, 'recordId' | 'version' | 'cid' | 'contentHash' | 'sizeBytes' | 'sealedBytes'> {
  contentKey: Uint8Array
  /** What the spool holds of it. */
  spooled?: SpooledRecord
}

interface ToSeal {
  source: AsyncIterable<Uint8Array>
  recordId?: string
  amends?: { recordId: string }
  version: number
  signingKey: SecretKey
  /** Looks through the plaintext on its way. */
  keywords: ContentKeywords | undefined
  spool?: UploadSpool
  onProgress?: (bytes: number) => void
}

type Context = PatientContext | PractitionerContext

/**
 * Seals a new content and brings it to the own gateway; one that lies in the spool already is brought there without being sealed again,
 * and with the statement that was signed for it, if that was. @throws {ClientError} FILE_EMPTY, CONTENT_MODIFIED
 */
export async function sealAndStore (context: Context, record: ToSeal): Promise<SealedContent & { registration?: Registration }> {
  const { spool, version, keywords, signingKey } = record
  const kept = await findKept(record)
  if (spool !== undefined && kept !== undefined) {
    await readTerms(spool, kept, keywords)
    // What was signed was stored before.
    if (kept.registration === undefined) await storeSpooled(context, spool, kept)
    return { ...toSealed(kept), ...(kept.registration !== undefined && { registration: kept.registration }) }
  }
  const recordId = record.amends?.recordId ?? record.recordId ?? toHex(randomBytes(16))
  const source = keywords?.through(record.source) ?? record.source
  const { contentKey, ciphertext, result } = sealContent(
    { recordId, recordVersion: version, authorKey: signingKey.publicKey() }, watch(source, record.onProgress)
  )
  if (spool === undefined) return { recordId, version, contentKey, ...await upload(context, ciphertext, result) }
  const hasher = new CidHasher()
  await spool.write(hasher.through(ciphertext))
  const { contentHash, plaintextBytes: sizeBytes, sizeBytes: sealedBytes } = await result
  if (sizeBytes === 0) throw empty()
  const spooled: SpooledRecord = {
    recordId, version, contentKey: toHex(contentKey), cid: await hasher.cid(), contentHash: toHex(contentHash), sizeBytes, sealedBytes
  }
  await spool.keep(spooled)
  await storeSpooled(context, spool, spooled)
  return toSealed(spooled)
}

function toSealed (spooled: SpooledRecord): SealedContent {
  const { recordId, version, cid, contentHash, sizeBytes, sealedBytes, contentKey } = spooled
  return { recordId, version, cid, contentHash, sizeBytes, sealedBytes, contentKey: fromHex(contentKey), spooled }
}

/** What the spool holds of this very record and version; anything else in it is of no use any more. */
async function findKept ({ spool, amends, recordId, version }: ToSeal): Promise<SpooledRecord | undefined> {
  const kept = await spool?.load()
  if (kept === undefined) return undefined
  const wanted = amends?.recordId ?? recordId ?? kept.recordId
  // One that was signed may be on the ledger already, and then it is the newest version itself.
  const isOfThis = kept.recordId === wanted && (kept.version === version || kept.registration !== undefined)
  if (isOfThis) return kept
  await spool?.drop()
  return undefined
}

/** Reads the keywords out of a content that was sealed before. */
async function readTerms (spool: UploadSpool, kept: SpooledRecord, keywords: ContentKeywords | undefined): Promise<void> {
  if (keywords === undefined) return
  const { recordId, version: recordVersion } = kept
  const request = { contentKey: fromHex(kept.contentKey), recordId, recordVersion, contentHash: fromHex(kept.contentHash) }
  await readThrough(keywords.through(openContent(request, spool.read(0))))
}

async function storeSpooled (context: Context, spool: UploadSpool, spooled: SpooledRecord): Promise<void> {
  const gateway = context.gateways.own
  const { cid, contentHash, sealedBytes: sizeBytes } = spooled
  requireStored(gateway, { cid, contentHash, sizeBytes }, await uploadSpooled(gateway, spool, spooled, authorizeAs(context)))
}

async function upload (
  context: Context,
  ciphertext: AsyncIterable<Uint8Array>,
  result: Promise<SealResult>
): Promise<Pick<SealedContent, 'cid' | 'contentHash' | 'sizeBytes' | 'sealedBytes'>> {
  const gateway = context.gateways.own
  const hasher = new CidHasher()
  const answer = await gateway.uploadContent(hasher.through(ciphertext), authorizeAs(context))
  const [cid, digest] = await Promise.all([hasher.cid(), result])
  const contentHash = toHex(digest.contentHash)
  if (digest.plaintextBytes === 0) throw empty()
  requireStored(gateway, { cid, contentHash, sizeBytes: digest.sizeBytes }, answer)
  return { cid, contentHash, sizeBytes: digest.plaintextBytes, sealedBytes: digest.sizeBytes }
}

function empty (): ClientError {
  return new ClientError('FILE_EMPTY', 'The record is empty: nothing was registered.')
}

interface Stored { cid: string, contentHash: string, sizeBytes: number }

/** @throws {ClientError} CONTENT_MODIFIED */
function requireStored ({ info: { mspId } }: GatewayApi, sent: Stored, stored: Stored): void {
  if (stored.cid === sent.cid && stored.contentHash === sent.contentHash && stored.sizeBytes === sent.sizeBytes) return
  throw new ClientError(
    'CONTENT_MODIFIED', `The gateway of ${mspId} stored other bytes than were sent: nothing was registered.`,
    { party: { kind: 'store', mspId }, sent: { cid: sent.cid, contentHash: sent.contentHash }, stored }
  )
}

async function * watch (
  source: AsyncIterable<Uint8Array>,
  onProgress: ((bytes: number) => void) | undefined
): AsyncGenerator<Uint8Array, void, void> {
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.length
    onProgress?.(bytes)
    yield piece
  }
}
