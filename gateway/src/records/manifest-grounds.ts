import { checkStatementBody, consentFacts, consentStatus } from '@epione/chaincode/model'
import type { ConsentState, Page, RecordState } from '@epione/chaincode/model'
import type { PageRequest } from '@epione/chaincode/client'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { patientOf, practitionerOf } from '../caller.ts'
import { GatewayError } from '../errors.ts'
import { currentRecord, requireOwnerOrHeir } from './read-grounds.ts'

type Person = { mspId: string, staffId: string }
type IsShown = (state: RecordState) => boolean

/**
 * Lets pass who may see a record version's manifest: its patient or their heir, its author, the grantee of an active consent
 * to its compartment, and whoever has had a permit that names it (`eventId`). Looking leaves no event, so nobody else may;
 * whoever wants it asks for access, which does. @throws {GatewayError} NOT_PERMITTED
 */
export async function requireManifestReader (app: FastifyInstance, request: FastifyRequest, state: RecordState, eventId: string | undefined): Promise<void> {
  const session = patientOf(request)
  const { owner } = currentRecord(state)
  if (session !== undefined) {
    await requireOwnerOrHeir(app, session, owner)
    return
  }
  const person = practitionerOf(request)
  if (eventId !== undefined && await isPermitted(app, person, state, eventId)) return
  if (await isSomeFollowerShown(app, state, await whatIsShown(app, person, owner))) return
  throw new GatewayError('NOT_PERMITTED', 'neither its author nor granted by an active consent: send an access request')
}

/** A version is checked back to the first, so whoever sees one sees those that it follows. */
async function isSomeFollowerShown (app: FastifyInstance, state: RecordState, isShown: IsShown): Promise<boolean> {
  if (isShown(state)) return true
  const { gateway: ledger } = app.ledger
  const newest = await ledger.getRecord(state.recordId)
  if (newest.version === state.version || isShown(newest)) return newest.version !== state.version
  for (let version = newest.version - 1; version > state.version; version -= 1) {
    if (isShown(await ledger.getRecord(state.recordId, version))) return true
  }
  return false
}

/** A page of a patient's record versions that the caller may see; it may hold fewer than asked for. @throws {GatewayError} NOT_PERMITTED when there is none */
export async function listShownRecords (app: FastifyInstance, request: FastifyRequest, patientId: string, page: PageRequest): Promise<Page<RecordState>> {
  const session = patientOf(request)
  const { gateway: ledger } = app.ledger
  if (session !== undefined) {
    await requireOwnerOrHeir(app, session, patientId)
    return await ledger.listRecords(patientId, page)
  }
  const isShown = await whatIsShown(app, practitionerOf(request), patientId)
  let bookmark = page.bookmark ?? ''
  const isFirst = bookmark === ''
  for (;;) {
    const { items, bookmark: next } = await ledger.listRecords(patientId, { ...page, bookmark })
    const shown = items.filter(isShown)
    if (shown.length > 0) return { items: shown, bookmark: next }
    if (next === '' && isFirst) throw new GatewayError('NOT_PERMITTED', 'no active consent of this patient to you, and no record by you')
    if (next === '') return { items: [], bookmark: '' }
    bookmark = next
  }
}

async function isPermitted (app: FastifyInstance, person: Person, { recordId, version }: RecordState, eventId: string): Promise<boolean> {
  const { event: { actor, decision, records } } = await app.ledger.gateway.getAccess(eventId)
  return isSame(actor, person) && decision === 'permit' && records.some((r) => r.recordId === recordId && r.version >= version)
}

async function whatIsShown (app: FastifyInstance, person: Person, patientId: string): Promise<IsShown> {
  const granted = new Set<string>()
  for await (const { compartments } of activeConsents(app, person, patientId)) {
    for (const { label, epoch } of compartments) granted.add(`${label}/${epoch}`)
  }
  return (state) => {
    const { author } = checkStatementBody('RecordManifest', JSON.parse(state.manifest.statement.body))
    const { record: { label, epoch } } = currentRecord(state)
    return (author.kind === 'practitioner' && isSame(author, person)) || granted.has(`${label}/${epoch}`)
  }
}

async function * activeConsents (app: FastifyInstance, { mspId, staffId }: Person, patientId: string): AsyncGenerator<ReturnType<typeof consentOf>> {
  const members = app.ledger.members().map((m) => m.mspId)
  let bookmark = ''
  do {
    const page = await app.ledger.gateway.listConsentsByGrantee(mspId, staffId, { patientId, bookmark })
    for (const state of page.items) {
      const body = consentOf(state)
      if (consentStatus(consentFacts(body, state, members), app.ports.clock()) === 'active') yield body
    }
    bookmark = page.bookmark
  } while (bookmark !== '')
}

function consentOf ({ consent: { statement } }: ConsentState): ReturnType<typeof checkStatementBody<'Consent'>> {
  return checkStatementBody('Consent', JSON.parse(statement.body))
}

const isSame = (a: Person, b: Person): boolean => a.mspId === b.mspId && a.staffId === b.staffId
