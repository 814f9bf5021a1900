import { CryptoError, fromHex, leafHash, verifyInclusion } from '@epione/crypto'
import { PEER_STREAMS } from '@epione/protocol/api'
import type { AnswerOf, WindowPage } from '@epione/protocol/api'
import { windowPaths } from '@epione/protocol/verify'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Grounds } from '../peers/peer-client.ts'
import { Round } from '../records/round.ts'
import { checkWindows } from './check-windows.ts'
import type { CheckedWindow } from './check-windows.ts'
import { rootOf, windowWrapHash } from './follow-segments.ts'
import { listSealed, listWraps, pageOf } from './windows.ts'
import type { NamedWrap, SealedWindow, SegmentRow, SegmentWindows } from './windows.ts'

/** A segment of a stream with what its windows are proven by: `wrapsRoot` is that of the wraps in force, once it was rewrapped. */
export interface RootedSegment extends SegmentWindows { version: number, deviceId: string, wrapsRoot?: string | undefined }

/** A segment as its record version stands now. */
export interface WantedSegment extends RootedSegment {
  recordId: string
  /** Key of the device that signed it and its windows, hex. */
  authorKey: string
  /** Organisation that registered it. */
  origin: string
}

/** A segment as blocks showed it. */
export function rootedOf (row: SegmentRow): RootedSegment {
  const { stream, version, device_id: deviceId, first_number: first, last_number: last, root, wraps_root: wrapsRoot } = row
  return { stream, version, deviceId, first, last, root, ...(wrapsRoot !== null && { wrapsRoot }) }
}

/** How long (ms) another hospital may take for a page of windows. */
export const PAGE_MS = 15_000

/**
 * All windows of a segment without their ciphertext, in order and proven to be those under its root, with the wraps in force: from the own
 * store, else from another hospital. @throws {GatewayError} CONTENT_UNAVAILABLE
 */
export async function findSegmentWindows (app: FastifyInstance, wanted: WantedSegment, grounds: Grounds): Promise<SealedWindow[]> {
  const own = await findOwn(app, wanted)
  if (own !== undefined) return own
  return await roundFor(app, wanted).next(async (mspId) => {
    const windows: SealedWindow[] = []
    for await (const page of fetchPages(app, mspId, wanted, grounds)) windows.push(...page.map(withoutCiphertext))
    if (isSegment(app.networkId, windows, wanted)) return windows
    throw new GatewayError('CONTENT_MISMATCH', `${mspId} gave other windows than those of the segment`)
  })
}

/** A page of a segment's windows after a number; `isWhole` of a reader who takes them all, and needs no way of each to the root. */
interface WantedPage { after: number, isWhole: boolean }

/**
 * A page of a segment's windows, from the own store where all of them lie there, else from another hospital: each proven to be the
 * segment's, which says nothing of those that it leaves out. @throws {GatewayError} CONTENT_UNAVAILABLE
 */
export async function findWindowPage (
  app: FastifyInstance, wanted: WantedSegment, { after, isWhole }: WantedPage, grounds: Grounds
): Promise<Omit<WindowPage, 'grade'>> {
  const rest = { ...wanted, first: Math.max(wanted.first, after + 1) }
  const own = await findWraps(app, wanted)
  if (own !== undefined) {
    const page = await pageOf(app.store.db, rest)
    return isWhole ? page : withPaths(app.networkId, page, own, wanted)
  }
  return await roundFor(app, wanted).next(async (mspId) => {
    const { items, next } = await askPage(app, mspId, wanted, { grounds, after: rest.first - 1 })
    openPage(app, mspId, items, wanted)
    return { items, ...(next !== undefined && { next }) }
  })
}

/** A page with what proves each window to be one of the segment; `all` are its windows, in order. */
export function withPaths (
  networkId: Uint8Array, { items, next }: Omit<WindowPage, 'grade'>, all: readonly NamedWrap[], segment: RootedSegment
): Omit<WindowPage, 'grade'> {
  const { first, wrapsRoot } = segment
  const indexes = items.map(({ number }) => number - first)
  const paths = windowPaths(all.map(({ id }) => id), indexes)
  const wrapPaths = wrapsRoot === undefined ? undefined : windowPaths(wrapHashes(networkId, all, segment), indexes)
  const proven = items.map((item, i) =>
    ({ ...item, path: paths[i] ?? [], ...(wrapPaths !== undefined && { wrapPath: wrapPaths[i] ?? [] }) }))
  return { items: proven, ...(next !== undefined && { next }) }
}

function wrapHashes (networkId: Uint8Array, windows: readonly NamedWrap[], segment: RootedSegment): string[] {
  return windows.map(({ number, wrap }) => windowWrapHash(networkId, { ...segment, number }, wrap))
}

/** The pages of a segment as another hospital has them, in order, each window proven; some may be left out. @throws {GatewayError} */
export async function * fetchPages (
  app: FastifyInstance, mspId: string, wanted: WantedSegment, grounds: Grounds
): AsyncGenerator<CheckedWindow[], void, void> {
  for (let after: number | undefined = wanted.first - 1; after !== undefined;) {
    const { items, next }: AnswerOf<typeof PEER_STREAMS.listWindows> = await askPage(app, mspId, wanted, { grounds, after })
    yield openPage(app, mspId, items, wanted)
    after = following(next, after, wanted)
  }
}

export function roundFor (app: FastifyInstance, { stream, version, origin }: WantedSegment): Round {
  return new Round(app, origin, { stream, version })
}

async function askPage (
  app: FastifyInstance,
  mspId: string,
  { recordId, version }: WantedSegment,
  { grounds, after }: { grounds: Grounds, after: number }
): Promise<AnswerOf<typeof PEER_STREAMS.listWindows>> {
  const event = 'event' in grounds ? grounds.event : undefined
  const session = 'session' in grounds ? grounds.session : undefined
  const input = { params: { recordId, version }, query: { event, session, after } }
  return await app.peers.of(mspId).call(PEER_STREAMS.listWindows, input, AbortSignal.timeout(PAGE_MS))
}

/**
 * Windows as another hospital sent them: signed by the stream's device, of the bytes that they name, each under the segment's root. Wraps
 * that the patient replaced are not the device's to name: the root over them says whether they are right.
 * @throws {GatewayError} CONTENT_MISMATCH, WRAP_MISMATCH
 */
function openPage (app: FastifyInstance, mspId: string, items: WindowPage['items'], wanted: WantedSegment): CheckedWindow[] {
  const { wrapsRoot } = wanted
  const windows = openPart(app, mspId, items, wanted)
  const isNumbered = ({ body }: CheckedWindow, index: number): boolean => body.number === items[index]?.number
  const isProven = ({ id, wrap }: CheckedWindow, index: number): boolean => {
    const { number = 0, path, wrapPath } = items[index] ?? {}
    if (!isUnder(wanted.root, wanted, { number, hash: id, path })) return false
    const hashed = (): string => windowWrapHash(app.networkId, { ...wanted, number }, wrap)
    return wrapsRoot === undefined || isUnder(wrapsRoot, wanted, { number, hash: hashed(), path: wrapPath })
  }
  if (windows.every(isNumbered) && windows.every(isProven)) return windows
  throw new GatewayError('CONTENT_MISMATCH', `${mspId} gave windows that are not the segment's`)
}

/**
 * Windows as another hospital sent them: signed by the stream's device, of the bytes that they name, with numbers of the segment. That they
 * are under its root is not looked at. @throws {GatewayError} CONTENT_MISMATCH, WRAP_MISMATCH
 */
export function openPart (
  app: FastifyInstance, mspId: string, items: WindowPage['items'], { stream, first, last, authorKey, wrapsRoot }: WantedSegment
): CheckedWindow[] {
  const sent = items.map(({ statement, wrap, ciphertext }) => ({ statement, wrap, ciphertext }))
  const windows = checkWindows(sent, app.networkId, { isRewrapped: wrapsRoot !== undefined })
  const isOf = ({ body, signers }: CheckedWindow): boolean =>
    signers.join() === authorKey && body.stream === stream && body.number >= first && body.number <= last
  if (windows.every(isOf)) return windows
  throw new GatewayError('CONTENT_MISMATCH', `${mspId} gave windows that are not of the segment's device and numbers`)
}

/** After which number another hospital is asked on: each page goes on, and none beyond the segment. */
export function following (next: number | undefined, after: number, { last }: { last: number }): number | undefined {
  return next !== undefined && next > after && next < last ? next : undefined
}

function isUnder (
  root: string, { first, last }: RootedSegment, { number, hash, path = [] }: { number: number, hash: string, path: string[] | undefined }
): boolean {
  const [index, treeSize] = [number - first, last - first + 1]
  try {
    verifyInclusion({ leafHash: leafHash(fromHex(hash)), index, treeSize, proof: path.map((one) => fromHex(one)), root: fromHex(root) })
    return true
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}

function withoutCiphertext ({ id, body: { number }, statement, wrap }: CheckedWindow): SealedWindow {
  return { number, id, statement, wrap }
}

/** Whether all windows of a segment lie here, with the wraps in force. */
export async function isWholeHere ({ store: { db }, networkId }: Pick<FastifyInstance, 'store' | 'networkId'>, wanted: RootedSegment): Promise<boolean> {
  return isSegment(networkId, await listWraps(db, wanted), wanted)
}

/**
 * A segment's windows in the own store; undefined where not all of them lie there, which is then filled again if it is an own segment. It
 * may be wanted as it stood before a rewrap that was followed here, or after one that was not yet: that is no loss.
 */
export async function findOwn (app: FastifyInstance, wanted: RootedSegment): Promise<SealedWindow[] | undefined> {
  return await findWraps(app, wanted) === undefined ? undefined : await listSealed(app.store.db, wanted)
}

/** The same by their ids and wraps alone. */
async function findWraps (app: FastifyInstance, wanted: RootedSegment): Promise<NamedWrap[] | undefined> {
  const { db } = app.store
  const own = await listWraps(db, wanted)
  if (isSegment(app.networkId, own, wanted)) return own
  const { stream, version, root, wrapsRoot = null } = wanted
  const torn = await db.updateTable('segments').set({ whole: 0 }).where('stream', '=', stream).where('version', '=', version)
    .where('whole', '=', 1).where('root', '=', root).where('wraps_root', wrapsRoot === null ? 'is' : '=', wrapsRoot)
    .executeTakeFirstOrThrow()
  if (torn.numUpdatedRows > 0n) app.log.error({ stream, version }, 'windows of a segment in the own store are gone, or others')
  return undefined
}

/** Whether these are all windows of the segment, in order, with the wraps in force. */
function isSegment (networkId: Uint8Array, windows: readonly NamedWrap[], wanted: RootedSegment): boolean {
  const { first, last, root, wrapsRoot } = wanted
  if (windows.length !== last - first + 1 || windows.some(({ number }, index) => number !== first + index)) return false
  if (windows.some(({ wrap }) => wrap === '') || rootOf(windows.map(({ id }) => id)) !== root) return false
  return wrapsRoot === undefined || rootOf(wrapHashes(networkId, windows, wanted)) === wrapsRoot
}
