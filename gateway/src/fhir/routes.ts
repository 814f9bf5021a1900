import { FHIR, LIMIT_DEFAULT } from '@epione/protocol/api'
import { auditEventOf, consentOf as fhirConsentOf, documentOf, FHIR_JSON, parseRecordVersion, provenanceOf, searchsetOf } from '@epione/protocol/fhir'
import type { RecordFacts } from '@epione/protocol/fhir'
import type { ConsentState, ConsentStatus, RecordState } from '@epione/protocol'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { noteReading } from '../access/note-reading.ts'
import { queryAccessLog } from '../access/query-access-log.ts'
import { narrow, requireVisible, visibleTo } from '../access/visible-events.ts'
import { requireParty } from '../consents/require-party.ts'
import { consentOf, showConsents } from '../consents/show-consent.ts'
import { statusOf } from '../consents/grant-consent.ts'
import { GatewayError } from '../errors.ts'
import { ownerOf, patientOf, practitionerOf } from '../http/caller.ts'
import { fromLedgerPage, toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { listShownRecords, requireManifestReader } from '../records/manifest-grounds.ts'
import { receiveUpload } from '../records/receive-upload.ts'
import { sendOwnContent } from '../records/routes.ts'
import { requireLive } from '../records/require-live.ts'
import { auditFilterOf } from './audit-query.ts'
import { gatewayCapability } from './capability.ts'
import { factsOfState, newestVersions } from './record-facts.ts'
import type { DocumentFacts } from './record-facts.ts'

/** What a sealed content is to FHIR. */
const SEALED = 'application/vnd.epione.sealed'

type Resource = Parameters<typeof searchsetOf>[0]['resources'][number]

/** FHIR R4 of what this gateway knows, by the same grounds as the routes under /v1. */
export const fhirRoutes: FastifyPluginCallback = (app, _options, done) => {
  const base = (): string => `${app.config.publicUrl}/fhir`
  app.route(serve(FHIR.metadata, async (_request, reply) => await send(reply, gatewayCapability(base()))))

  app.route(serve(FHIR.readDocument, async (request, reply) => {
    const state = await app.ledger.gateway.getRecord(request.params.id, undefined)
    return await sendDocument(app, request, reply, { state, newest: state.version })
  }))

  app.route(serve(FHIR.readDocumentVersion, async (request, reply) => {
    const { id, version } = request.params
    const state = await app.ledger.gateway.getRecord(id, version)
    return await sendDocument(app, request, reply, { state, newest: await newestVersions(app)(id) })
  }))

  app.route(serve(FHIR.searchDocuments, async (request, reply) => {
    const { patient, status } = request.query
    const page = fromLedgerPage(await listShownRecords(app, request, idOf(patient), pageOf(request.query)))
    const newestOf = newestVersions(app)
    const facts = await Promise.all(page.items.filter(({ end }) => end === undefined).map(async (state) =>
      factsOfState(state, await newestOf(state.recordId))))
    const documents = facts.filter(({ isSegment }) => !isSegment).map(asDocument)
    return await sendPage(reply, request, documents.filter((one) => status === undefined || one.status === status), page.next)
  }))

  app.route(serve(FHIR.readBinary, async (request, reply) => {
    const { recordId, version } = versionOf(request.params.id)
    return await sendOwnContent(app, request, reply, { recordId, version, event: request.query.event })
  }))

  app.route(serve(FHIR.createBinary, async (request, reply) => {
    const { cid } = await receiveUpload(app, request, ownerOf(request), { maxBytes: app.config.maxContentBytes })
    reply.header('location', `${base()}/Binary/${cid}`)
    return await send(reply, { resourceType: 'Binary', id: cid, contentType: SEALED })
  }))

  app.route(serve(FHIR.readConsent, async (request, reply) => {
    const state = await app.ledger.gateway.getConsent(request.params.id)
    const body = consentOf(state)
    await requireParty(app, request, body)
    return await send(reply, asConsent({ ...state, status: statusOf(app, body, state) }))
  }))

  app.route(serve(FHIR.searchConsents, async (request, reply) => {
    const { items, next } = await listConsents(app, request, idOf(request.query.patient), pageOf(request.query))
    return await sendPage(reply, request, items.map(asConsent), next)
  }))

  app.route(serve(FHIR.readAuditEvent, async (request, reply) => {
    const { id } = request.params
    const receipt = await app.ledger.gateway.findStatement(id)
    if (receipt?.reference === undefined || receipt.type !== 'AccessRequest') throw new GatewayError('EVENT_UNKNOWN', 'there is no such access event')
    const { event } = await app.ledger.gateway.getAccess(receipt.reference)
    requireVisible(request, event)
    await noteReading(app, request, [event])
    return await send(reply, auditEventOf(event))
  }))

  app.route(serve(FHIR.searchAuditEvents, async (request, reply) => {
    const { patient, _count = LIMIT_DEFAULT, _cursor, ...asked } = request.query
    const filter = narrow({ ...auditFilterOf(asked), ...(patient !== undefined && { patientId: idOf(patient) }) }, visibleTo(request))
    await app.events.catchUp()
    const { items, next } = await queryAccessLog(app.store.db, filter, _count, _cursor)
    await noteReading(app, request, items)
    return await sendPage(reply, request, items.map(auditEventOf), next)
  }))

  app.route(serve(FHIR.readProvenance, async (request, reply) => {
    const { recordId, version } = versionOf(request.params.id)
    const state = await app.ledger.gateway.getRecord(recordId, version)
    await requireManifestReader(app, request, state, undefined)
    return await send(reply, provenanceOf(factsOfState(state, version), state.manifest))
  }))
  done()
}

const idOf = (reference: string): string => reference.replace(/^Patient\//, '')
/** Of an id that the operation's schema has checked. */
const versionOf = (id: string): { recordId: string, version: number } => parseRecordVersion(id) ?? { recordId: '', version: 1 }
const pageOf = ({ _count, _cursor }: { _count?: number, _cursor?: string }): { pageSize: number, bookmark: string } =>
  toLedgerPage({ ...(_count !== undefined && { limit: _count }), ...(_cursor !== undefined && { cursor: _cursor }) })

const asDocument = (facts: RecordFacts): ReturnType<typeof documentOf> => documentOf(facts, { contentType: SEALED })

function asConsent (state: ConsentState & { status: ConsentStatus }): Resource {
  const { consent, status, revocation } = state
  return fhirConsentOf({ consentId: consent.id, body: consentOf(state), status, stored: consent, revokedAt: revocation?.time })
}

async function send (reply: FastifyReply, resource: Resource): Promise<FastifyReply> {
  const { versionId, lastUpdated } = resource.meta ?? {}
  if (versionId !== undefined) reply.header('etag', `W/"${versionId}"`)
  if (lastUpdated !== undefined) reply.header('last-modified', new Date(lastUpdated).toUTCString())
  return await reply.type(FHIR_JSON).serializer(String).send(JSON.stringify(resource))
}

async function sendPage (
  reply: FastifyReply, { url, server }: FastifyRequest, resources: readonly Resource[], next: string | undefined
): Promise<FastifyReply> {
  const base = `${server.config.publicUrl}/fhir`
  const self = new URL(url, server.config.publicUrl)
  const following = new URL(self)
  if (next !== undefined) following.searchParams.set('_cursor', next)
  return await send(reply, searchsetOf({ base, resources, self: self.href, ...(next !== undefined && { next: following.href }) }))
}

async function sendDocument (
  app: FastifyInstance, request: FastifyRequest, reply: FastifyReply, { state, newest }: { state: RecordState, newest: number }
): Promise<FastifyReply> {
  await requireManifestReader(app, request, state, undefined)
  requireLive(state)
  const facts: DocumentFacts = factsOfState(state, newest)
  if (facts.isSegment) throw new GatewayError('NOT_FOUND', 'the record is a stream of measurements, and no document')
  return await send(reply, asDocument(facts))
}

/** @throws {GatewayError} NOT_PERMITTED to a patient of another's */
async function listConsents (
  app: FastifyInstance, request: FastifyRequest, patientId: string, page: { pageSize: number, bookmark: string }
): ReturnType<typeof showConsents> {
  const { gateway } = app.ledger
  const session = patientOf(request)
  if (session !== undefined) {
    if (session !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
    return await showConsents(app, await gateway.listConsentsByPatient(patientId, page))
  }
  const { mspId, staffId } = practitionerOf(request)
  return await showConsents(app, await gateway.listConsentsByGrantee(mspId, staffId, { ...page, patientId }))
}
