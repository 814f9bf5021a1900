import { checkStatementBody, consentFacts, consentStatus, judgePolicy, ORGANIZATION_GRANTEE, policyFailures } from '@epione/protocol'
import type { ConsentState, Page, RecordState } from '@epione/protocol'
import type { PageRequest } from '@epione/ledger/client'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { patientOf, practitionerOf } from '../http/caller.ts'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { currentRecord, requireOwnerOrHeir } from './read-grounds.ts'
import { departmentOf } from '../staff/departments.ts'
import { isAnyShown, isFollowerShown, isShownTo } from './record-versions.ts'
import type { Standing } from './record-versions.ts'

type Person = { mspId: string, staffId: string }

/** Pages of which the caller may see nothing that one request passes over. */
const PAGES_MAX = 16

/**
 * Lets pass who may see a record version's manifest: its patient or their heir, its author, the grantee of an active consent
 * to its compartment, and whoever has had a permit that names it (`eventId`). Looking leaves no event, so nobody else may;
 * whoever wants it asks for access, which does. @throws {GatewayError} NOT_PERMITTED, READ_MODEL_BEHIND
 */
export async function requireManifestReader (
  app: FastifyInstance,
  request: FastifyRequest,
  state: RecordState,
  eventId: string | undefined
): Promise<void> {
  const session = patientOf(request)
  const { owner } = currentRecord(state)
  if (session !== undefined) {
    await requireOwnerOrHeir(app, session, owner)
    return
  }
  const person = practitionerOf(request)
  if (eventId !== undefined && await isPermitted(app, person, state, eventId)) return
  const standing = await findStanding(app, person, owner)
  if (isShownTo(standing, state)) return
  // A version is checked back to the first, so whoever sees one sees those that it follows.
  await app.events.catchUp()
  if (await isFollowerShown(app.store.db, state, standing)) return
  throw new GatewayError('NOT_PERMITTED', 'neither its author nor granted by an active consent: send an access request')
}

/**
 * A page of a patient's record versions that the caller may see; it may hold fewer than asked for. @throws {GatewayError} NOT_PERMITTED
 * when there is none, READ_MODEL_BEHIND
 */
export async function listShownRecords (
  app: FastifyInstance,
  request: FastifyRequest,
  patientId: string,
  page: PageRequest
): Promise<Page<RecordState>> {
  const session = patientOf(request)
  const { gateway: ledger } = app.ledger
  if (session !== undefined) {
    await requireOwnerOrHeir(app, session, patientId)
    return await ledger.listRecords(patientId, page)
  }
  const standing = await findStanding(app, practitionerOf(request), patientId)
  let bookmark = page.bookmark ?? ''
  const isFirst = bookmark === ''
  for (let pages = 1; ; pages += 1) {
    const { items, bookmark: next } = await ledger.listRecords(patientId, { ...page, bookmark })
    const shown = items.filter((state) => isShownTo(standing, state))
    if (shown.length > 0) return { items: shown, bookmark: next }
    const isEnd = next === '' || (pages === 1 && !await hasStanding(app, patientId, standing))
    if (isEnd && isFirst) throw new GatewayError('NOT_PERMITTED', 'no active consent of this patient to you, and no record by you')
    if (isEnd) return { items: [], bookmark: '' }
    if (pages === PAGES_MAX) return { items: [], bookmark: next }
    bookmark = next
  }
}

/** So that a stranger's question reads no more than one page. */
async function hasStanding (app: FastifyInstance, patientId: string, standing: Standing): Promise<boolean> {
  await app.events.catchUp()
  return await isAnyShown(app.store.db, patientId, standing)
}

async function isPermitted (app: FastifyInstance, person: Person, state: RecordState, eventId: string): Promise<boolean> {
  const { recordId, version } = state
  const { event: { actor, decision, records, compartments = [] } } = await app.ledger.gateway.getAccess(eventId)
  if (!isSame(actor, person) || decision !== 'permit') return false
  const { record: { label, epoch } } = currentRecord(state)
  return records.some((r) => r.recordId === recordId && r.version >= version) ||
    compartments.some((c) => c.label === label && c.epoch === epoch)
}

async function findStanding (app: FastifyInstance, person: Practitioner, patientId: string): Promise<Standing> {
  const granted = new Map<string, { label: string, epoch: number }>()
  for await (const { compartments } of activeConsents(app, person, patientId)) {
    for (const { label, epoch } of compartments) granted.set(`${label}/${epoch}`, { label, epoch })
  }
  const { mspId, staffId } = person
  return { person: { mspId, staffId }, compartments: [...granted.values()] }
}

/** Whoever the policy lets break the glass must see what there is, before the request that names it and is logged. */
async function mayBreakGlass (app: FastifyInstance, { mspId, role, department }: Practitioner): Promise<boolean> {
  const asked = { mspId, role, department, action: 'read', purpose: 'BTG' }
  const judgement = judgePolicy(await app.ledger.policies.at(app.ports.clock()), asked, [{ level: 'N', mediaClass: 'document' }])
  return policyFailures(judgement, asked).length === 0
}

async function * activeConsents (
  app: FastifyInstance,
  person: Practitioner,
  patientId: string
): AsyncGenerator<ReturnType<typeof consentOf>> {
  const { gateway: ledger } = app.ledger
  const { mspId, staffId } = person
  const members = app.ledger.members().map((m) => m.mspId)
  const department = await departmentOf(app, person)
  const lists = [
    (bookmark: string) => ledger.listConsentsByGrantee(mspId, staffId, { patientId, bookmark }),
    ...(department === undefined
      ? []
      : [(bookmark: string) => ledger.listConsentsByDepartment(mspId, department, { patientId, bookmark })]),
    ...(await mayBreakGlass(app, person)
      ? [(bookmark: string) => ledger.listConsentsByGrantee(mspId, ORGANIZATION_GRANTEE, { patientId, bookmark })]
      : [])
  ]
  for (const list of lists) {
    let bookmark = ''
    do {
      const page = await list(bookmark)
      for (const state of page.items) {
        const body = consentOf(state)
        if (consentStatus(consentFacts(body, state, members), app.ports.clock()) === 'active') yield body
      }
      bookmark = page.bookmark
    } while (bookmark !== '')
  }
}

function consentOf ({ consent: { statement } }: ConsentState): ReturnType<typeof checkStatementBody<'Consent'>> {
  return checkStatementBody('Consent', JSON.parse(statement.body))
}

const isSame = (a: Person, b: Person): boolean => a.mspId === b.mspId && a.staffId === b.staffId
