import { Info, Returns, Transaction } from 'fabric-contract-api'
import {
  AttributeValue, CONSENT_PENDING_MS, granteeKey, Hash, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, MspId, ORGANIZATION_GRANTEE, PatientId,
  Person
} from '@epione/protocol'
import { checkArgument } from './arguments.ts'
import { requireOrganization } from './authorization.ts'
import { checkConsent, checkPrecursors } from './consent-rules.ts'
import { completeConsent, findCustody, findRevocation, listKfragIds, loadConsent, loadCustody } from './consent-states.ts'
import { LedgerContext } from './context.ts'
import { requireWhoMay } from './delegates.ts'
import { loadDirectory, loadProxy } from './directory-heads.ts'
import { checkDeposit } from './emergency-keys.ts'
import { isOfCompartments } from './erased-compartments.ts'
import { LedgerContract } from './ledger-contract.ts'
import { requireDepartmentKey } from './memberships.ts'
import { parsePage, readPage } from './pages.ts'
import { addProhibition, completeStanding } from './prohibitions.ts'
import { requirePatientOrRepresentative } from './representations.ts'
import { toResult } from './result.ts'
import { loadStanding, requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import type { ConsentState, LedgerKey, Page } from '@epione/protocol'
import type { LoadedConsent } from './consent-states.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { StoredConsent, StoredCustody } from './stored.ts'

@Info({ title: 'Consents', description: 'Patients\' consents, their ends, and custody of their kfrags' })
export class ConsentsContract extends LedgerContract {
  constructor () {
    super('Consents')
  }

  @Transaction()
  @Returns('string')
  async Grant (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Consent', statement)
    const { body, id, stored } = accepted
    const directory = await loadDirectory(ctx, body.patientId)
    await requirePatientOrRepresentative(ctx, accepted, body.patientId, directory)
    const network = await ctx.network()
    checkConsent(body, directory, network, ctx.time)
    await checkDeposit(ctx, body, network.members)
    await requireActive(ctx, body.patientId)
    await requireDepartmentKey(ctx, body)
    checkPrecursors(body, directory, network.networkId)
    if (await findRevocation(ctx, body.patientId, id) !== undefined) {
      throw new LedgerError('CONSENT_ENDED', `Consent ${id} was revoked before it arrived; sign a new one.`)
    }
    const consent: StoredConsent = { consent: stored }
    const { patientId, grantee } = body
    await ctx.state.put(LEDGER_KEYS.consent(id), consent)
    await ctx.state.mark(LEDGER_KEYS.patientConsent(patientId, id))
    await ctx.state.mark(grantee.kind === 'department'
      ? LEDGER_KEYS.departmentConsent(grantee.mspId, grantee.department, patientId, id)
      : LEDGER_KEYS.granteeConsent(grantee.mspId, granteeKey(grantee), patientId, id))
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.consentGranted, { ...consent, custody: [], destructions: [] } satisfies ConsentState)
  }

  /** Ends a consent, also one that has not arrived yet. Of several revocations the first one stays. */
  @Transaction()
  @Returns('string')
  async Revoke (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Revocation', statement)
    const { body: { patientId, consentId }, stored } = accepted
    const directory = await loadDirectory(ctx, patientId)
    await requireWhoMay(ctx, accepted, directory, 'revoke')
    const first = await findRevocation(ctx, patientId, consentId)
    await storeReceipt(ctx, accepted)
    if (first !== undefined) return toResult(first)
    await ctx.state.put(LEDGER_KEYS.consentEnd(patientId, consentId), stored)
    return ctx.emit(LEDGER_EVENTS.consentRevoked, stored)
  }

  /** The patient or a representative forbids, whatever consents say, or ends an earlier prohibition. */
  @Transaction()
  @Returns('string')
  async Forbid (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Prohibition', statement)
    const { patientId } = accepted.body
    const by = await requirePatientOrRepresentative(ctx, accepted, patientId, await loadDirectory(ctx, patientId))
    await addProhibition(ctx, accepted, by)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.prohibitionMade, accepted.stored)
  }

  /** Freeze, succession and prohibitions of a patient. */
  @Transaction(false)
  @Returns('string')
  async GetStanding (ctx: LedgerContext, patientId: string): Promise<string> {
    return toResult(await completeStanding(ctx, checkArgument(PatientId, patientId, 'a patient id')))
  }

  /** A proxy says that it holds its kfrags of a consent. */
  @Transaction()
  @Returns('string')
  async ConfirmCustody (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'CustodyConfirmation', statement)
    const { body: { mspId, consentId }, stored } = accepted
    const consent = await authorizeProxy(ctx, accepted)
    const held = await findCustody(ctx, consentId, mspId)
    await checkOpenForCustody(ctx, consent, mspId, held)
    await storeReceipt(ctx, accepted)
    if (held !== undefined) return toResult(held.confirmation)
    await ctx.state.put(LEDGER_KEYS.custody(consentId, mspId), { confirmation: stored, destroyed: false } satisfies StoredCustody)
    return ctx.emit(LEDGER_EVENTS.custodyConfirmed, stored)
  }

  /** A proxy says that it destroyed them. It may always say so; what it says is evidence against it. */
  @Transaction()
  @Returns('string')
  async ConfirmDestruction (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Destruction', statement)
    const { body: { mspId, consentId, orderId }, stored } = accepted
    const isOfKfrags = consentId !== undefined && (orderId === undefined || await isOfCompartments(ctx, orderId))
    if (!isOfKfrags) {
      throw new LedgerError('CUSTODY_NOT_LISTED', 'What an erasure or withdrawal of records ordered is confirmed by Records:ConfirmDestruction.')
    }
    await authorizeProxy(ctx, accepted)
    const held = await findCustody(ctx, consentId, mspId)
    if (held === undefined) {
      throw new LedgerError('CUSTODY_MISSING', `${mspId} has not confirmed custody of kfrags of consent ${consentId}.`)
    }
    await storeReceipt(ctx, accepted)
    const key = LEDGER_KEYS.destruction(consentId, mspId)
    if (held.destroyed) return toResult(await ctx.state.get(key) ?? stored)
    await ctx.state.put(key, stored)
    await ctx.state.put(LEDGER_KEYS.custody(consentId, mspId), { ...held, destroyed: true } satisfies StoredCustody)
    return ctx.emit(LEDGER_EVENTS.kfragsDestroyed, stored)
  }

  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, consentId: string): Promise<string> {
    return toResult(await completeConsent(ctx, await loadConsent(ctx, checkArgument(Hash, consentId, 'a consent id'))))
  }

  @Transaction(false)
  @Returns('string')
  async ListByPatient (ctx: LedgerContext, patientId: string, pageSize: string, bookmark: string): Promise<string> {
    return await listConsents(ctx, LEDGER_KEYS.patientConsents(checkArgument(PatientId, patientId, 'a patient id')), pageSize, bookmark)
  }

  /** Consents to a person, or deposits for an organisation (`ORGANIZATION_GRANTEE`); of one patient, or all when `patientId` is empty. */
  @Transaction(false)
  @Returns('string')
  async ListByGrantee (
    ctx: LedgerContext, mspId: string, staffId: string, patientId: string, pageSize: string, bookmark: string
  ): Promise<string> {
    if (staffId === ORGANIZATION_GRANTEE) checkArgument(MspId, mspId, 'an organisation')
    else checkArgument(Person, { mspId, staffId }, 'a person')
    const patient = patientId === '' ? undefined : checkArgument(PatientId, patientId, 'a patient id')
    return await listConsents(ctx, LEDGER_KEYS.granteeConsents(mspId, staffId, patient), pageSize, bookmark)
  }

  /** The same of those to a department. */
  @Transaction(false)
  @Returns('string')
  async ListByDepartment (
    ctx: LedgerContext, mspId: string, department: string, patientId: string, pageSize: string, bookmark: string
  ): Promise<string> {
    const [named, code] = [checkArgument(MspId, mspId, 'an MSP id'), checkArgument(AttributeValue, department, 'a department')]
    const patient = patientId === '' ? undefined : checkArgument(PatientId, patientId, 'a patient id')
    return await listConsents(ctx, LEDGER_KEYS.departmentConsents(named, code, patient), pageSize, bookmark)
  }
}

async function listConsents (ctx: LedgerContext, prefix: LedgerKey, pageSize: string, bookmark: string): Promise<string> {
  const page = await readPage(ctx.stub, prefix, parsePage(pageSize, bookmark))
  const items: ConsentState[] = []
  for (const { attributes } of page.entries) items.push(await completeConsent(ctx, await loadConsent(ctx, attributes.at(-1) ?? '')))
  return toResult({ items, bookmark: page.bookmark } satisfies Page<ConsentState>)
}

/** The statement of an organisation's own proxy about exactly the kfrags that the consent lists for it. */
async function authorizeProxy (
  ctx: LedgerContext,
  accepted: AcceptedStatement<'CustodyConfirmation' | 'Destruction'>
): Promise<LoadedConsent> {
  const { mspId, consentId = '', kfragIds = [] } = accepted.body
  requireOrganization(ctx, mspId)
  const { signingKey } = await loadProxy(ctx, mspId)
  requireSigners(accepted, [signingKey], `the proxy key of ${mspId}`)
  const consent = await loadConsent(ctx, consentId)
  const listed = listKfragIds(consent.body, mspId)
  if (listed.length !== kfragIds.length || !listed.every((id) => kfragIds.includes(id))) {
    throw new LedgerError(
      'CUSTODY_NOT_LISTED',
      `Name exactly the kfrags that consent ${consentId} lists for ${mspId}: ${String(listed.length)} of them.`
    )
  }
  return consent
}

/** Custody of an ended consent is refused; a consent that became void stays so (PROTOCOL §2). */
async function checkOpenForCustody (
  ctx: LedgerContext,
  { body, consent: { id } }: LoadedConsent,
  mspId: string,
  held: StoredCustody | undefined
): Promise<void> {
  if (await findRevocation(ctx, body.patientId, id) !== undefined || ctx.time > body.notAfter) {
    throw new LedgerError('CONSENT_ENDED', `Consent ${id} has ended; destroy its kfrags.`)
  }
  if ((await loadStanding(ctx, body.patientId)).succeededBy !== undefined) {
    throw new LedgerError('CONSENT_ENDED', `Consent ${id} ended when its patient was handed over; destroy its kfrags.`)
  }
  if (held?.destroyed === true) {
    throw new LedgerError(
      'CONSENT_ENDED',
      `${mspId} destroyed its kfrags of consent ${id}; the patient issues new ones with a new consent.`
    )
  }
  if (ctx.time <= body.submitBefore + CONSENT_PENDING_MS) return
  const confirmed = await loadCustody(ctx, id, body)
  if (confirmed.length < body.threshold) {
    throw new LedgerError('CONSENT_ENDED', `Consent ${id} is void: too few proxies confirmed custody in time.`)
  }
}
