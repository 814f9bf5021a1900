import { randomInt } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { currentRecord } from './read-grounds.ts'
import { findContentOf } from './content-of.ts'
import { receiveFromSwarm } from './receive-from-swarm.ts'
import { withinQuota } from './receive-upload.ts'
import { requireLive } from './require-live.ts'

/** Hospitals that keep each content: the one that registered it, and one more (DESIGN §5). */
export const COPIES_DUE = 2
/** Contents that one request between hospitals asks for. */
export const COPIES_PER_REQUEST = 100
/** How long (ms) another hospital may take to count, and to fetch one content. */
const [COUNT_MS, KEEP_MS] = [8_000, 120_000]

/** Bytes that a hospital shows of a content that it says it has, and how many are drawn to find one that this hospital registered. */
const [SHOWN_BYTES, DRAWN_MAX] = [4_096, 8]

/** What was found when copies were counted last. */
export interface CopyCounts {
  /** Contents that records name and that lie here. */ held: number
  /** Of these, those that fewer hospitals have than are due, after mending. */ short: number
  /** Those that another hospital took since, because it was asked to. */ mended: number
  /** Hospitals that did not answer: what they have is not counted. */ silent: string[]
  /** When, ms since the epoch. */ countedAt: number
}

/** Of these CIDs, those that lie here whole and that a record names. */
export async function heldOf ({ store: { db }, contents }: FastifyInstance, cids: readonly string[]): Promise<string[]> {
  if (cids.length === 0) return []
  const rows = await db.selectFrom('contents').select('cid').where('named', '=', 1).where('cid', 'in', [...cids]).execute()
  const held: string[] = []
  for (const { cid } of rows) if (await contents.find(cid) !== undefined) held.push(cid)
  return held
}

/**
 * Takes a copy of a record version's content from the IPFS swarm, because another hospital has too few of them; true when it lies here
 * then. What it must be the own ledger says. @throws {GatewayError} RECORD_ENDED, IPFS_UNAVAILABLE, STORAGE_FULL,
 * QUOTA_EXCEEDED, CONTENT_MISMATCH
 */
export async function keepCopy (
  app: FastifyInstance, mspId: string, { recordId, version }: { recordId: string, version: number }
): Promise<boolean> {
  const { contents, ipfs, room, config: { maxContentBytes } } = app
  const state = await app.ledger.gateway.getRecord(recordId, version)
  requireLive(state)
  const { cid, authorKey, record: { sizeClass } } = currentRecord(state)
  if (cid === undefined) throw new GatewayError('REQUEST_INVALID', 'a segment has no content of its own')
  const name = { recordId, version, cid, authorKey }
  if (await findContentOf(contents, name) !== undefined) return true
  if (ipfs === undefined) return false
  // As what that hospital brings itself: it has no more of this one under way at once.
  const owner = `peer:${mspId}`
  const maxBytes = Math.min(maxContentBytes, 2 ** sizeClass)
  await withinQuota(app, owner, 2 ** (sizeClass - 1), async (grow) => {
    await receiveFromSwarm({ contents, ipfs }, cid, { maxBytes, owner, grow, begin: async (bytes) => { await room.require(bytes) } })
  })
  // As of any other: it was sealed by this author for this record version.
  if (await findContentOf(contents, name) === undefined) return false
  await contents.markNamed(cid)
  return true
}

/** Counts at how many other hospitals the contents lie that records name here, and asks others to take those with too few copies. */
export async function countCopies (app: FastifyInstance): Promise<CopyCounts> {
  const { store: { db }, ports: { clock } } = app
  const counts: CopyCounts = { held: 0, short: 0, mended: 0, silent: [], countedAt: clock() }
  let last = ''
  for (;;) {
    const rows = await db.selectFrom('contents').select('cid').where('named', '=', 1).where('cid', '>', last).orderBy('cid')
      .limit(COPIES_PER_REQUEST).execute()
    const here = await heldOf(app, rows.map(({ cid }) => cid))
    const elsewhere = await askAll(app, here, counts)
    for (const cid of here.filter((held) => !elsewhere.has(held))) {
      if (await mend(app, cid)) counts.mended += 1
      else counts.short += 1
    }
    counts.held += here.length
    last = rows.at(-1)?.cid ?? ''
    if (rows.length < COPIES_PER_REQUEST) break
  }
  if (counts.short + counts.mended > 0) app.log.warn(counts, 'contents lay at fewer hospitals than are due')
  return counts
}

/** Those of the CIDs that at least one other hospital has, and showed for one of them, drawn by lot. */
async function askAll (app: FastifyInstance, cids: readonly string[], counts: CopyCounts): Promise<ReadonlySet<string>> {
  if (cids.length === 0) return new Set()
  const answers = await Promise.all(app.peers.others().map(async (mspId) => {
    try {
      // Each once: what is said again and again would be drawn again and again.
      const said = new Set(await app.peers.of(mspId).countCopies(cids, AbortSignal.timeout(COUNT_MS)))
      const claimed = cids.filter((cid) => said.has(cid))
      if (await showsOne(app, mspId, claimed)) return claimed
      app.log.warn({ mspId }, 'a hospital says of contents that it has them, and shows other bytes or none: what it says does not count')
      return []
    } catch (error) {
      app.log.debug({ err: error, mspId }, 'a hospital does not say which contents it has')
      if (!counts.silent.includes(mspId)) counts.silent.push(mspId)
      return []
    }
  }))
  return new Set(answers.flat())
}

/**
 * Whether a hospital gives the bytes at a place, drawn by lot, of a content of those that it says it has. Only what this hospital
 * registered may it ask for: true where none of a few is. Who answers by fetching them elsewhere has at least to be able to.
 */
async function showsOne (app: FastifyInstance, mspId: string, claimed: readonly string[]): Promise<boolean> {
  const { contents, ledger: { gateway }, config: { mspId: self } } = app
  const left = [...claimed]
  for (let tried = 0; tried < DRAWN_MAX && left.length > 0; tried += 1) {
    const [cid = ''] = left.splice(randomInt(left.length), 1)
    const content = await contents.find(cid)
    // One that is rotten here shows nothing of others.
    const header = await contents.readHeader(cid).catch(() => undefined)
    if (content === undefined || header === undefined) continue
    const { recordId, recordVersion: version } = header
    if (currentRecord(await gateway.getRecord(recordId, version)).record.origin !== self) continue
    const start = randomInt(Math.max(1, content.sizeBytes - SHOWN_BYTES))
    const part = { start, end: Math.min(start + SHOWN_BYTES, content.sizeBytes) - 1 }
    const { status, body } = await app.peers.of(mspId)
      .getContent(cid, { recordId, version }, `bytes=${String(part.start)}-${String(part.end)}`, AbortSignal.timeout(COUNT_MS))
    try {
      const shown = await readBytes(body, SHOWN_BYTES)
      return status === 206 && shown.equals(await buffer(await contents.read(cid, part)))
    } finally {
      body.destroy()
    }
  }
  return true
}

async function readBytes (body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body) {
    pieces.push(piece)
    length += piece.length
    if (length > bytesMax) break
  }
  return Buffer.concat(pieces)
}

async function mend (app: FastifyInstance, cid: string): Promise<boolean> {
  const header = await app.contents.readHeader(cid).catch((error: unknown) => {
    // One that is gone or rotten keeps no other from being counted.
    app.log.error({ err: error, cid }, 'a content of which there are too few copies cannot be read here')
  })
  if (header === undefined) return false
  const { recordId, recordVersion: version } = header
  for (const mspId of app.peers.inOrder()) {
    try {
      if (await app.peers.of(mspId).keepCopy({ recordId, version }, AbortSignal.timeout(KEEP_MS))) return true
    } catch (error) {
      app.log.warn({ err: error, mspId, cid }, 'a hospital did not take a copy of a content of which there are too few')
    }
  }
  return false
}
