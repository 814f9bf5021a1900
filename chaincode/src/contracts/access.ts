import { fromHex } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { Info, Returns, Transaction } from 'fabric-contract-api'
import { AccusationCase, coversWindows, Hash, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, MspId, newerConviction, PAGE_SIZE_MAX, PatientId, recordPlace, releasable, searchKeyPlace } from '@epione/protocol'
import { loadEvent, readEventJson } from './access-events.ts'
import { judgeRequest, requestAll, storeRequest } from './access-requests.ts'
import { judgeAccusation } from './accusation.ts'
import { checkArgument, parseArgument } from './arguments.ts'
import { isCreator, requireOffice, requireOrganization } from './authorization.ts'
import { findConsent, loadStatements } from './consent-states.ts'
import { LedgerContext } from './context.ts'
import { loadProxy } from './directory-heads.ts'
import { readEffective } from './effective-records.ts'
import { listEvents, requireEventReader } from './event-queries.ts'
import { LedgerContract } from './ledger-contract.ts'
import { noteLog, readNotes } from './log-notes.ts'
import { readAll, readPage } from './pages.ts'
import { loadRecord } from './record-states.ts'
import { toResult } from './result.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import { parseValue } from './state-store.ts'
import type { AccessEvent, Accusation, Beat, Conviction, KeyDirectory, LedgerKey, ProxyState, ReleaseReceipt, StoredStatement } from '@epione/protocol'
import type { Evidence } from './accusation.ts'
import type { EntryPage } from './pages.ts'
import type { StoredEvent } from './stored.ts'

@Info({ title: 'Access', description: 'Requests, their decisions, and what proxies answered' })
export class AccessContract extends LedgerContract {
  constructor () {
    super('Access')
  }

  /** Decides a request. Permits and denials commit alike: a denied attempt is evidence (DESIGN §4). */
  @Transaction()
  @Returns('string')
  async Request (ctx: LedgerContext, statement: string): Promise<string> {
    const decided = await judgeRequest(ctx, statement)
    await storeRequest(ctx, decided)
    return ctx.emit(LEDGER_EVENTS.accessDecided, decided.event)
  }

  /** The same of several requests of one person, each of another patient: what is wrong with one is answered in its place. */
  @Transaction()
  @Returns('string')
  async RequestAll (ctx: LedgerContext, statements: string): Promise<string> {
    return ctx.emit(LEDGER_EVENTS.accessesDecided, await requestAll(ctx, statements))
  }

  /** A sign of life: a peer that shows its block has heard of the orderers since. It writes nothing. */
  @Transaction()
  @Returns('string')
  Beat (ctx: LedgerContext): Promise<string> {
    const beat: Beat = { mspId: ctx.creator.mspId, txId: ctx.txId, time: ctx.time }
    return Promise.resolve(ctx.emit(LEDGER_EVENTS.beat, beat))
  }

  /** What an organisation's gateway says of its own door: who read the log, and how often what was denied was asked again. */
  @Transaction()
  @Returns('string')
  async Note (ctx: LedgerContext, notes: string): Promise<string> {
    return await noteLog(ctx, notes)
  }

  @Transaction(false)
  @Returns('string')
  async GetNotes (ctx: LedgerContext, mspId: string, id: string): Promise<string> {
    return await readNotes(ctx, checkArgument(MspId, mspId, 'an organisation'), checkArgument(Hash, id, 'an id of notes'))
  }

  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, eventId: string): Promise<string> {
    const stored = await readEventJson(ctx, eventId)
    requireEventReader(ctx, (JSON.parse(stored) as StoredEvent).event)
    return stored
  }

  @Transaction(false)
  @Returns('string')
  async ListByPatient (
    ctx: LedgerContext, patientId: string, fromMs: string, toMs: string, pageSize: string, bookmark: string
  ): Promise<string> {
    const prefix = LEDGER_KEYS.patientEvents(checkArgument(PatientId, patientId, 'a patient id'))
    return await listEvents(ctx, prefix, { fromMs, toMs, pageSize, bookmark })
  }

  /** A proxy says which wraps, or which windows of a followed stream, it re-encrypted for which permits. */
  @Transaction()
  @Returns('string')
  async RecordRelease (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'ReleaseReceipt', statement)
    const { body: { mspId, releases }, id, stored } = accepted
    requireOrganization(ctx, mspId)
    const { signingKey } = await loadProxy(ctx, mspId)
    requireSigners(accepted, [signingKey], `the proxy key of ${mspId}`)
    for (const release of releases) {
      const { eventId } = release
      requirePermitted((await loadEvent(ctx, eventId)).event, release)
      await ctx.state.mark(LEDGER_KEYS.release(eventId, mspId, id))
    }
    await ctx.state.put(LEDGER_KEYS.releaseReceipt(id), stored)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.cfragsReleased, stored)
  }

  /** Convicts a proxy of a false answer, once per event; the first accusation stays, and another costs nobody the judging. */
  @Transaction()
  @Returns('string')
  async Accuse (ctx: LedgerContext, claimed: string): Promise<string> {
    const claim = parseArgument(AccusationCase, claimed, 'an accusation')
    const { event } = await loadEvent(ctx, claim.eventId)
    if (!isCreator(ctx, event.actor)) requireOffice(ctx, 'gateway')
    const key = LEDGER_KEYS.accusation(event.eventId, claim.mspId)
    const first = await ctx.state.getJson(key)
    if (first !== undefined) return first
    const evidence = { ...await loadEvidence(ctx, event, claim.mspId), places: await loadPlaces(ctx, event, claim.answer.body.wrapHashes) }
    const [failure, place] = [judgeAccusation(claim, evidence), { txId: ctx.txId, time: ctx.time }]
    const accusation: Accusation = { ...claim, failure, ...place, submittedBy: ctx.creator.mspId }
    await ctx.state.put(key, accusation)
    await convict(ctx, evidence.proxy, { eventId: event.eventId, eventTime: event.time, failure, ...place })
    return ctx.emit(LEDGER_EVENTS.proxyAccused, accusation)
  }

  /** What proxies answered for an event, by their receipts. */
  @Transaction(false)
  @Returns('string')
  async ListReleases (ctx: LedgerContext, eventId: string): Promise<string> {
    const { event } = await loadEvent(ctx, eventId)
    requireEventReader(ctx, event)
    return toResult(await loadReleases(ctx, eventId))
  }

  @Transaction(false)
  @Returns('string')
  async ListAccusations (ctx: LedgerContext, eventId: string): Promise<string> {
    const { event } = await loadEvent(ctx, eventId)
    requireEventReader(ctx, event)
    const entries = await readAll(ctx.stub, LEDGER_KEYS.accusations(event.eventId))
    return toResult(entries.map((e) => parseValue(e) as Accusation))
  }
}

/** A receipt names wraps, and segments by their roots, that were read or searched, or windows that were followed. */
function requirePermitted (event: AccessEvent, { wrapHashes = [], windows, end }: ReleaseReceipt['releases'][number]): void {
  const named = releasable(event)
  const isFollow = event.stream !== undefined
  const isNamed = wrapHashes.every((hash) => named.includes(hash)) && (windows === undefined || coversWindows(event, windows)) &&
    (end === undefined || isFollow)
  if (event.decision === 'permit' && isNamed) return
  throw new LedgerError('EVENT_NOT_PERMITTED', `Event ${event.eventId} does not permit what the receipt names.`)
}

/** The proxy's newest lie, by the event's time, is all that its own key tells; evidence of an older one changes nothing there. */
async function convict (ctx: LedgerContext, proxy: ProxyState, next: Conviction): Promise<void> {
  const conviction = newerConviction(proxy.conviction, next)
  if (conviction === next) await ctx.state.put(LEDGER_KEYS.proxy(proxy.mspId), { ...proxy, conviction } satisfies ProxyState)
}

/** Receipts for an event, of each member no more than one page, so that none can crowd out the others; mostly one page has them all. */
async function loadReleases (ctx: LedgerContext, eventId: string): Promise<StoredStatement[]> {
  const readFirst = (prefix: LedgerKey): Promise<EntryPage> => readPage(ctx.stub, prefix, { pageSize: PAGE_SIZE_MAX, bookmark: '' })
  const all = await readFirst(LEDGER_KEYS.releases(eventId))
  const entries = [...all.entries]
  if (all.bookmark !== '') {
    entries.length = 0
    for (const { mspId } of (await ctx.network()).members) entries.push(...(await readFirst(LEDGER_KEYS.releases(eventId, mspId))).entries)
  }
  return await loadStatements(ctx, entries.map((e) => LEDGER_KEYS.releaseReceipt(e.attributes.at(-1) ?? '')))
}

async function loadEvidence (ctx: LedgerContext, event: AccessEvent, mspId: string): Promise<Omit<Evidence, 'places'>> {
  const { networkId } = await ctx.network()
  const proxy = await loadProxy(ctx, mspId)
  const consent = event.consentId === undefined ? undefined : await findConsent(ctx, event.consentId)
  if (consent === undefined) return { networkId, event, proxy }
  const directory = await ctx.state.get<StoredStatement>(LEDGER_KEYS.directory(consent.body.patientId, consent.body.directoryVersion))
  if (directory === undefined) throw new LedgerError('INTERNAL', 'A consent was accepted without its directory.')
  return { networkId, event, proxy, grant: { consent: consent.body, directory: JSON.parse(directory.statement.body) as KeyDirectory } }
}

/** The places of what the event names these wraps for, which the manifests say. */
async function loadPlaces (
  ctx: LedgerContext, { patientId, records, compartments = [] }: AccessEvent, wrapHashes: readonly string[]
): Promise<Evidence['places']> {
  const networkId = fromHex((await ctx.network()).networkId)
  const places = new Map<string, string[]>()
  const add = (wrapHash: string, place: Place): void => {
    places.set(wrapHash, [...places.get(wrapHash) ?? [], place.toHex()])
  }
  for (const { recordId, version, wrapHash } of records) {
    if (wrapHash === undefined || !wrapHashes.includes(wrapHash)) continue
    const { author } = readEffective(await loadRecord(ctx, recordId, version))
    add(wrapHash, recordPlace(networkId, { recordId, version, author }))
  }
  for (const compartment of compartments) add(compartment.wrapHash, searchKeyPlace(networkId, patientId, compartment))
  return places
}
