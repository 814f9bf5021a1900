import { fromHex, leafHash, merkleRoot, toHex, wrapHash } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { RecordState, Window } from '@epione/protocol'
import type { ProvenStatement } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { listIds } from './windows.ts'
import type { SegmentWindows } from './windows.ts'

/** A segment as its block shows it, and which organisation registered it. */
export interface FollowedSegment extends SegmentWindows {
  version: number
  manifestId: string
  patientId: string
  deviceId: string
  origin: string
}

/** The segment that a registered record version is; undefined of any other. */
export function readSegment (
  { manifest: { submittedBy: origin } }: Pick<RecordState, 'manifest'>, { id, body: { version, patientId, segment, author } }: ProvenStatement<'RecordManifest'>
): FollowedSegment | undefined {
  if (segment === undefined || author.kind !== 'device') return undefined
  return { ...segment, version, manifestId: id, patientId, deviceId: author.deviceId, origin }
}

/** In place of the hash of a wrap that is no longer in force, while the one that is has not come. */
const NO_WRAP = ''

/** Root of a tree over statement ids of windows, or hashes of wraps, by number. */
export function rootOf (hashes: readonly string[]): string {
  return toHex(merkleRoot(hashes.map((hash) => leafHash(fromHex(hash)))))
}

/** How a rewrap's root names the wrap (hex) of a window. `networkId` 32 bytes. */
export function windowWrapHash (networkId: Uint8Array, window: Pick<Window, 'stream' | 'number' | 'deviceId'>, wrap: string): string {
  return toHex(wrapHash(fromHex(wrap), windowPlace(networkId, window)))
}

/** Whether all windows of a segment lie here, under its root. */
async function isWhole (db: Kysely<Tables>, segment: SegmentWindows): Promise<boolean> {
  const count = segment.last - segment.first + 1
  const rows = await listIds(db, segment)
  return rows.length === count && rootOf(rows.map((row) => row.statement_id)) === segment.root
}

/** The windows of a segment that blocks show are kept for good from now on, also where others of it were copied elsewhere. */
export async function followSegment (trx: Kysely<Tables>, segment: FollowedSegment): Promise<void> {
  const { stream, first, last, root, version, manifestId, patientId, deviceId, origin } = segment
  const whole = await isWhole(trx, segment)
  await trx.insertInto('segments').values({
    stream,
    version,
    patient_id: patientId,
    device_id: deviceId,
    first_number: first,
    last_number: last,
    root,
    manifest_id: manifestId,
    wraps_root: null,
    origin,
    whole: whole ? 1 : 0,
    ended: 0
  }).onConflict((c) => c.columns(['stream', 'version']).doNothing()).execute()
  await nameWindows(trx, segment, version)
}

export async function nameWindows (db: Kysely<Tables>, { stream, first, last }: SegmentWindows, version: number): Promise<void> {
  await db.updateTable('windows').set({ version }).where('stream', '=', stream).where('number', '>=', first).where('number', '<=', last).execute()
}

/**
 * A rewrap puts the wraps that were brought for it in the place of the former ones, which no hospital keeps. Where they do not lie here the
 * windows stay without one, until those in force are brought again, or fetched for an own segment: whoever held them back destroys nothing.
 */
export async function followSegmentRewrap (
  trx: Kysely<Tables>, { recordId: stream, version, root }: { recordId: string, version: number, root: string }
): Promise<void> {
  const segment = await trx.updateTable('segments').set({ wraps_root: root }).where('stream', '=', stream).where('version', '=', version)
    .where('ended', '=', 0).returning(['first_number', 'last_number', 'whole']).executeTakeFirst()
  if (segment === undefined) return
  const { first_number: first, last_number: last } = segment
  const wraps = await trx.selectFrom('window_wraps').select(['number', 'wrap_hash', 'wrap']).where('root', '=', root)
    .where('stream', '=', stream).where('version', '=', version).orderBy('number').execute()
  const isHere = wraps.length === last - first + 1 && rootOf(wraps.map((row) => row.wrap_hash)) === root
  if (isHere) {
    for (const { number, ...wrap } of wraps) {
      await trx.updateTable('windows').set(wrap).where('stream', '=', stream).where('number', '=', number).execute()
    }
  } else {
    await trx.updateTable('windows').set({ wrap_hash: NO_WRAP, wrap: new Uint8Array(0) }).where('stream', '=', stream)
      .where('number', '>=', first).where('number', '<=', last).execute()
    await trx.updateTable('segments').set({ whole: 0 }).where('stream', '=', stream).where('version', '=', version).execute()
  }
  await trx.deleteFrom('window_wraps').where('stream', '=', stream).where('version', '=', version).execute()
}
