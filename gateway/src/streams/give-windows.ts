import type { WindowPage } from '@epione/protocol/api'
import type { Person } from '@epione/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requireOwnPermit } from '../access/collect-cfrags.ts'
import { GatewayError } from '../errors.ts'
import { practitionerOf } from '../http/caller.ts'
import { requireSegmentGrounds } from '../peers/require-grounds.ts'
import { requireReadable } from '../records/read-grounds.ts'
import type { CurrentRecord } from '../records/read-grounds.ts'
import { findOwn, findWindowPage, rootedOf, withPaths } from './find-windows.ts'
import type { WantedSegment } from './find-windows.ts'
import { findSegment, pageOf } from './windows.ts'

/** A page of a segment's windows after a number. */
interface Asked { recordId: string, version: number, after: number }

/**
 * For the patient or heir, and under a live permit: from the own store or another hospital. @throws {GatewayError} REQUEST_INVALID for a
 * record that is no stream, NOT_PERMITTED and others as for a ciphertext, CONTENT_UNAVAILABLE
 */
export async function readPage (
  app: FastifyInstance,
  request: FastifyRequest,
  { recordId, version, event, after, isWhole }: Asked & { event: string | undefined, isWhole: boolean }
): Promise<Omit<WindowPage, 'grade'>> {
  if (event !== undefined && request.caller?.kind === 'practitioner') {
    const segment = await permittedSegment(app, practitionerOf(request), { recordId, version, event })
    return await findWindowPage(app, segment, { after, isWhole }, { event })
  }
  const readable = await requireReadable(app, request, recordId, version, event)
  return await findWindowPage(app, segmentOf(readable), { after, isWhole }, readable.grounds)
}

/**
 * A segment that the person's own permit names, which is proven once and then kept in mind for a moment: a day is read by many pages.
 * @throws {GatewayError} EVENT_OF_ANOTHER, NOT_PERMITTED, REQUEST_INVALID, and what `verifyPermit` throws
 */
async function permittedSegment (
  app: FastifyInstance, person: Person, { recordId, version, event }: Pick<Asked, 'recordId' | 'version'> & { event: string }
): Promise<WantedSegment> {
  const permit = requireOwnPermit(await app.proxy.recallPermit(event, app.proxy.context.mspId), person)
  const record = permit.records.find(({ event: named }) => named.recordId === recordId && named.version === version)
  if (record === undefined) throw new GatewayError('NOT_PERMITTED', 'the access event does not name this record version')
  return segmentOf({ record: record.event, author: record.manifest.author, authorKey: record.authorKey })
}

/**
 * For another hospital's gateway, on the grounds of a ciphertext; `isPart`: what lies here, unproven, where not all does. @throws
 * {GatewayError} CONTENT_UNKNOWN, and as `requireGrounds`
 */
export async function givePage (
  app: FastifyInstance,
  caller: string,
  { recordId, version, after, grounds, isPart = false }: Asked & { grounds: { event?: string, session?: string }, isPart?: boolean }
): Promise<Omit<WindowPage, 'grade'>> {
  await requireSegmentGrounds(app, caller, { ...grounds, recordId, version })
  const row = await findSegment(app.store.db, recordId, version)
  const segment = row === undefined ? undefined : rootedOf(row)
  if (segment !== undefined && isPart) return await pageOf(app.store.db, { ...segment, first: Math.max(segment.first, after + 1) })
  const own = segment === undefined ? undefined : await findOwn(app, segment)
  if (segment === undefined || own === undefined) throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has not all windows of the segment')
  const page = await pageOf(app.store.db, { ...segment, first: Math.max(segment.first, after + 1) })
  return withPaths(app.networkId, page, own, segment)
}

/** The segment that a record version is. @throws {GatewayError} REQUEST_INVALID */
export function segmentOf (
  { record: { recordId, version, segment, origin }, author, authorKey }: Pick<CurrentRecord, 'record' | 'author' | 'authorKey'>
): WantedSegment {
  if (segment === undefined || author.kind !== 'device') throw new GatewayError('REQUEST_INVALID', 'the record is no stream: ask for its content')
  return { ...segment, recordId, version, deviceId: author.deviceId, authorKey, origin }
}
