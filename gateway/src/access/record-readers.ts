import { asksForTime, effectiveRecord, endOf, LedgerError, policyHash, policyName, readersOf } from '@epione/protocol'
import type { ConsentFacts, DepartmentFacts, KnownPerson, ReadersCase, RecordState, RequestedRecord } from '@epione/protocol'
import type { Assumed, PageQuery, RecordReaders } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { setImmediate } from 'node:timers/promises'
import { fromLedgerPage, toLedgerPage } from '../http/paging.ts'
import { judged } from '../judge.ts'
import { consentStateThen, departmentThen, patientThen, takenAt } from './facts-then.ts'
import { knownPerson } from './known-person.ts'
import { ledgerThen } from './ledger-then.ts'
import type { PersonSources } from './known-person.ts'
import type { LedgerThen } from './ledger-then.ts'

/**
 * Who could read a record version as the ledger stands, or stood with `block` as its last: one page of the patient's consents, each with
 * what its person would get. @throws {LedgerError} RECORD_UNKNOWN for one that was not there @throws {GatewayError} REQUEST_INVALID
 */
export async function findReaders (
  app: FastifyInstance,
  state: RecordState,
  { block, ...page }: PageQuery & { block?: number }
): Promise<RecordReaders> {
  const then = await ledgerThen(app, block)
  const { facts, bookmark, assumed } = await readerFacts(app, { then, state, page: toLedgerPage(page) })
  const { patientId, record: { recordId, version }, policy } = facts
  return {
    patientId,
    recordId,
    version,
    blockNumber: then.blockNumber,
    time: then.time,
    policyVersion: policyName(policy),
    policyHash: policyHash(policy),
    ...fromLedgerPage({ items: await eachConsent(facts, readersOf), bookmark }),
    assumed: block === undefined ? assumed.filter(({ fact }) => fact === 'compartment') : assumed
  }
}

/** A department has many members, of whom each may take the decision for every certificate: others have their turn between consents. */
export async function eachConsent<T> (facts: ReadersCase, judge: (facts: ReadersCase) => T[]): Promise<T[]> {
  const found: T[] = []
  for (const one of facts.consents) {
    found.push(...judge({ ...facts, consents: new Map([one]) }))
    await setImmediate()
  }
  return found
}

interface ReadersOf { then: LedgerThen, state: RecordState, page: { pageSize: number, bookmark: string } }

/** By what is judged who can read a record version, with one page of the patient's consents. @throws {LedgerError} RECORD_UNKNOWN */
export async function readerFacts (
  app: FastifyInstance, { then, state, page }: ReadersOf
): Promise<{ facts: ReadersCase, bookmark: string, assumed: Assumed[] }> {
  const { ledger: { gateway: ledger, connection: blocks, policies, versions }, proxy: { context: { reader } } } = app
  const sources: PersonSources = { app, then, ledger, blocks, reader, isBefore: then.isBefore }
  const { owner: patientId, record, assumed: assumedRecord } = await recordThen(sources, state)
  const [policy, network] = await Promise.all([policies.at(then.time), versions.at(then.time)])
  const { items, bookmark } = await ledger.listConsentsByPatient(patientId, page)
  const members = network.members.map(({ mspId }) => mspId)
  const consents = new Map<string, ConsentFacts>()
  for (const item of items) {
    const consent = await consentStateThen(sources, item, members)
    if (consent !== undefined) consents.set(item.consent.id, consent)
  }
  const isDated = [...consents.values()].some(({ body }) => asksForTime(body))
  const { assumed, ...patient } = await patientThen(sources, { patientId, reasons: [] })
  const ended = state.end !== undefined && await then.isBefore(state.end) ? endOf(state) : undefined
  const departments = await departmentsThen(sources, consents)
  const facts: ReadersCase = {
    time: then.time,
    policy,
    ...patient,
    patientId,
    record: { ...record, ...(isDated && { takenAt: await takenAt(ledger, state, record) }) },
    ended: ended === undefined ? [] : [ended],
    people: await peopleThen(sources, consents, departments),
    departments,
    consents
  }
  return { facts, bookmark, assumed: [...assumedRecord, ...assumed] }
}

/** As manifest and rewrap had it, of which a later one takes the place of those before. */
async function recordThen (
  { reader, isBefore }: PersonSources,
  state: RecordState
): Promise<{ owner: string, record: RequestedRecord, assumed: Assumed[] }> {
  const { recordId, version, manifest, rewrap } = state
  if (!await isBefore(manifest)) throw new LedgerError('RECORD_UNKNOWN', `Version ${String(version)} of record ${recordId} was not there yet.`)
  const { body } = judged(() => reader.readStored('RecordManifest', manifest))
  const isRewrapped = rewrap !== undefined && await isBefore(rewrap)
  const { owner, author, record } = effectiveRecord(state, body, isRewrapped ? judged(() => reader.readStored('Rewrap', rewrap)).body : undefined)
  const assumed: Assumed[] = rewrap === undefined || isRewrapped
    ? []
    : [{ fact: 'compartment', from: 'manifest', detail: 'The record was rewrapped since: rewraps before that one are not seen, and its first category counts.' }]
  return { owner, record: { ...record, author }, assumed }
}

/** The departments that consents are to, as they were; each is looked up once, however many consents are to it. */
async function departmentsThen (
  sources: PersonSources,
  consents: ReadonlyMap<string, ConsentFacts>
): Promise<Map<string, DepartmentFacts>> {
  const known = new Map<string, ReturnType<typeof departmentThen>>()
  const found = await Promise.all([...consents].map(async ([consentId, consent]) => {
    const { grantee } = consent.body
    const name = grantee.kind === 'department' ? `${grantee.mspId}/${grantee.department}` : ''
    const facts = known.get(name) ?? departmentThen(sources, consent)
    known.set(name, facts)
    return { consentId, facts: await facts }
  }))
  return new Map(found.flatMap(({ consentId, facts }) => facts === undefined ? [] : [[consentId, facts] as const]))
}

/** Each person of a consent once. */
async function peopleThen (
  sources: PersonSources,
  consents: ReadonlyMap<string, ConsentFacts>,
  departments: ReadonlyMap<string, DepartmentFacts>
): Promise<KnownPerson[]> {
  const grantees = [...consents].flatMap(([consentId, { body: { grantee } }]) => {
    const { mspId } = grantee
    if (grantee.kind === 'practitioner') return [{ mspId, staffId: grantee.staffId }]
    return (departments.get(consentId)?.members ?? []).map((staffId) => ({ mspId, staffId }))
  })
  const people = new Map(grantees.map((person) => [`${person.mspId}/${person.staffId}`, person]))
  const known: KnownPerson[] = []
  // One after the other: departments have up to 256 members each, and the peer has others to serve.
  for (const person of people.values()) known.push(await knownPerson(sources, person))
  return known
}
