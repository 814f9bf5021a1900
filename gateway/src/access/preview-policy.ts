import { checkPolicy, departmentsNamed, policyHash, readersDiff, RecordId, Version } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import type { PageQuery, PolicyPreview } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { GatewayError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../http/paging.ts'
import type { Tables } from '../store/tables.ts'
import { ledgerThen } from './ledger-then.ts'
import { eachConsent, readerFacts } from './record-readers.ts'

/** Record versions that a page passes at most, those without any consent included. */
const VERSIONS_MAX = 64
/** Certificates that two policies may tell apart: each costs a decision for each person, action and purpose. */
const CLASSES_MAX = 4_096

/** The last record version that was judged, and how far through its patient's consents; '' when it is done. */
const Place = Type.Tuple([RecordId, Version, Type.String({ maxLength: 1024 })])
type Place = Static<typeof Place>

export interface Previewed { preview: PolicyPreview, /** Of whom anything was judged. */ patients: string[] }

/**
 * What a policy would change for readers that there are: a page of record versions, in the order of their ids, with the consents to each.
 * @throws {GatewayError} REQUEST_INVALID for a policy that nobody may apply or that tells too many apart, CURSOR_INVALID
 */
export async function previewPolicy (app: FastifyInstance, after: PolicyDocument, { cursor, limit = 1 }: PageQuery): Promise<Previewed> {
  const then = await ledgerThen(app)
  const before = await app.ledger.policies.at(then.time)
  requireJudgeable(before, after)
  const items: PolicyPreview['items'] = []
  const patients = new Set<string>()
  let judged = 0
  let place = cursor === undefined ? undefined : placeOf(cursor)
  for (let versions = 0; versions < VERSIONS_MAX && judged < limit; versions += 1) {
    const next = await nextPlace(app.store.db, place)
    place = next
    if (next === undefined) break
    const [recordId, version, from] = next
    const state = await app.ledger.gateway.getRecord(recordId, version)
    const { facts, bookmark } = await readerFacts(app, { then, state, page: { pageSize: limit - judged, bookmark: from } })
    const changes = await eachConsent(facts, (one) => readersDiff(one, after))
    items.push(...changes.map((change) => ({ patientId: facts.patientId, recordId, version, ...change })))
    patients.add(facts.patientId)
    judged += facts.consents.size
    place = [recordId, version, bookmark]
  }
  const at = { blockNumber: then.blockNumber, time: then.time, before: policyHash(before), after: policyHash(after) }
  const end = place === undefined ? {} : { next: encodeCursor(JSON.stringify(place)) }
  return { preview: { ...at, judged, items, ...end }, patients: [...patients] }
}

function requireJudgeable (before: PolicyDocument, after: PolicyDocument): void {
  const [fault] = checkPolicy(after)
  if (fault !== undefined) throw new GatewayError('REQUEST_INVALID', `nobody may apply this policy. ${fault}`)
  const roles = new Set([...before.roles, ...after.roles].map(({ id }) => id))
  const departments = new Set(departmentsNamed([before, after]))
  if ((roles.size + 1) * (departments.size + 2) <= CLASSES_MAX) return
  throw new GatewayError('REQUEST_INVALID', `both policies tell more than ${String(CLASSES_MAX)} certificates apart: see "policy diff"`)
}

function placeOf (cursor: string): Place {
  const found = parse(decodeCursor(cursor))
  if (Value.Check(Place, found)) return found
  throw new GatewayError('CURSOR_INVALID', 'the cursor is not one of this gateway')
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The record version to go on with, and where in its consents: the same one until they are done. */
async function nextPlace (db: Kysely<Tables>, place: Place | undefined): Promise<Place | undefined> {
  if (place !== undefined && place[2] !== '') return place
  const query = db.selectFrom('record_versions').select(['record_id', 'version']).orderBy('record_id').orderBy('version').limit(1)
  const rest = place === undefined
    ? query
    : query.where((eb) => eb.or([eb('record_id', '>', place[0]), eb.and([eb('record_id', '=', place[0]), eb('version', '>', place[1])])]))
  const row = await rest.executeTakeFirst()
  return row === undefined ? undefined : [row.record_id, row.version, '']
}
