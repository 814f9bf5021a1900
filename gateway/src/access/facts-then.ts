import {
  asksForTime, consentFacts, datingVersion, DECISION_RULES, departmentFacts, endOf, LEDGER_EVENTS, LedgerError, prohibitionFacts,
  StoredStatement
} from '@epione/protocol'
import type {
  AccessEvent, ConsentFacts, ConsentState, DecisionInput, DepartmentFacts, EndedRecord, EventRecord, ProhibitionFacts, RecordState,
  RequestedRecord
} from '@epione/protocol'
import type { Assumed } from '@epione/protocol/api'
import type { LedgerClient } from '@epione/ledger/client'
import type { LedgerConnection } from '@epione/ledger/fabric'
import type { StatementReader } from '@epione/protocol/verify'
import { judged } from '../judge.ts'
import { readPayload } from '../ledger/ledger-events.ts'

/** Where the facts are read: this hospital's own peer, its state and its blocks. */
export interface FactSources {
  ledger: Pick<LedgerClient, 'findStatement' | 'getConsent' | 'getDepartment' | 'getDirectory' | 'getEmergency' | 'getRecord' | 'getStanding'>
  blocks: Pick<LedgerConnection, 'findTransaction'>
  reader: StatementReader
  /**
   * Whether a transaction came before the event. What came with it in one block did not: a decision that had read what another transaction
   * of the block before it wrote would not have been valid.
   */
  isBefore: (transaction: { txId: string }) => Promise<boolean>
}

type Then = Pick<DecisionInput, 'patient' | 'prohibitions'>

/** A consent as the ledger had it; undefined when it had none. */
export async function consentThen (sources: FactSources, consentId: string, members: readonly string[]): Promise<ConsentFacts | undefined> {
  const state = await sources.ledger.getConsent(consentId).catch((error: unknown) => {
    if (error instanceof LedgerError && error.code === 'CONSENT_UNKNOWN') return undefined
    throw error
  })
  return state === undefined ? undefined : await consentStateThen(sources, state, members)
}

/** The same of a consent as the ledger has it now. */
export async function consentStateThen (
  { reader, isBefore }: Pick<FactSources, 'reader' | 'isBefore'>,
  state: ConsentState,
  members: readonly string[]
): Promise<ConsentFacts | undefined> {
  if (!await isBefore(state.consent)) return undefined
  const { body } = judged(() => reader.readStored('Consent', state.consent))
  const earlier = async (statements: readonly StoredStatement[]): Promise<StoredStatement[]> => {
    const are = await Promise.all(statements.map(isBefore))
    return statements.filter((_, index) => are[index] === true)
  }
  const [[revocation], custody, destructions] = await Promise.all([
    earlier(state.revocation === undefined ? [] : [state.revocation]), earlier(state.custody), earlier(state.destructions)
  ])
  return consentFacts(body, { consent: state.consent, ...(revocation && { revocation }), custody, destructions }, members)
}

/**
 * The department that a consent is for, as the ledger had it; undefined for other consents. Versions came one after the other, so that a
 * few reads find the one of then among however many.
 */
export async function departmentThen (
  { ledger, reader, isBefore }: Pick<FactSources, 'reader' | 'isBefore'> & { ledger: Pick<LedgerClient, 'getDepartment'> },
  consent: Pick<ConsentFacts, 'body'> | undefined
): Promise<DepartmentFacts | undefined> {
  if (consent?.body.grantee.kind !== 'department') return undefined
  const { mspId, department } = consent.body.grantee
  const read = async (version?: number): Promise<{ version: number, facts: DepartmentFacts, wasThere: boolean }> => {
    const state = await ledger.getDepartment(mspId, department, version)
    const { body } = judged(() => reader.readStored('Membership', state.membership))
    return { version: body.version, facts: departmentFacts(body, state), wasThere: await isBefore(state.membership) }
  }
  const newest = await read()
  if (newest.wasThere) return newest.facts
  let found: DepartmentFacts | undefined
  let [there, notYet] = [0, newest.version]
  while (notYet - there > 1) {
    const version = Math.floor((there + notYet) / 2)
    const { facts, wasThere } = await read(version)
    if (wasThere) [there, found] = [version, facts]
    else notYet = version
  }
  return found
}

/** The records that the event names, as it describes them, with author and end; with their times where the consent asks for them. */
export async function recordsThen (
  { ledger, reader, isBefore }: FactSources,
  named: readonly EventRecord[],
  consent: ConsentFacts | undefined
): Promise<{ records: RequestedRecord[], ended: EndedRecord[] }> {
  const isDated = consent !== undefined && asksForTime(consent.body)
  const found = await Promise.all(named.map(async (record) => {
    const { recordId, version } = record
    const state = await ledger.getRecord(recordId, version)
    const { body: { author } } = judged(() => reader.readStored('RecordManifest', state.manifest))
    const end = state.end !== undefined && await isBefore(state.end) ? endOf(state) : undefined
    return { record: { ...record, author, ...(isDated && { takenAt: await takenAt(ledger, state, record) }) }, end }
  }))
  return { records: found.map(({ record }) => record), ended: found.flatMap(({ end }) => end ?? []) }
}

/** When the ledger took the version that dates this one, by which it is `record`. */
export async function takenAt (
  ledger: Pick<LedgerClient, 'getRecord'>, { recordId, version, manifest }: RecordState, record: EventRecord
): Promise<number> {
  const dating = datingVersion(record)
  return version === dating ? manifest.time : (await ledger.getRecord(recordId, dating)).manifest.time
}

/** As much of an event as says what stood in the way of its request. */
type Recorded = Pick<AccessEvent, 'patientId' | 'reasons'>

/** What stood in the way of every request for the patient; of freezes and prohibitions that ended since, what the event says. */
export async function patientThen (sources: FactSources, event: Recorded): Promise<Then & { assumed: Assumed[] }> {
  const { ledger, reader, isBefore } = sources
  const [{ succession }, standing] = await Promise.all([ledger.getDirectory(event.patientId), ledger.getStanding(event.patientId)])
  const freeze = standing.freeze === undefined ? undefined : await ledger.findStatement(standing.freeze)
  const isFrozen = freeze !== undefined && await isBefore(freeze)
  const wasFrozen = event.reasons.some(({ rule }) => rule === DECISION_RULES.patientFrozen)
  const known = (await Promise.all(standing.prohibitions.map(async (stored) => {
    const { id, body } = judged(() => reader.readStored('Prohibition', stored))
    return await isBefore(stored) ? prohibitionFacts(id, body) ?? [] : []
  }))).flat()
  const ended = await prohibitionsOfEvent(sources, event, known)
  return {
    patient: { frozen: isFrozen || wasFrozen, succeeded: succession !== undefined && await isBefore(succession) },
    prohibitions: [...known, ...ended],
    assumed: [...assumedFreeze(isFrozen, wasFrozen), ...assumedProhibitions(ended)]
  }
}

function assumedFreeze (isFrozen: boolean, wasFrozen: boolean): Assumed[] {
  if (isFrozen) return []
  return [wasFrozen
    ? { fact: 'freeze', from: 'event', detail: 'No freeze of that time is in force now: that there was one is the event\'s word.' }
    : { fact: 'freeze', from: 'now', detail: 'No freeze of that time is in force now: one that ended since is not seen.' }]
}

function assumedProhibitions (ended: readonly ProhibitionFacts[]): Assumed[] {
  const ids = ended.map(({ id }) => id).join(', ')
  return [
    { fact: 'prohibitions', from: 'now', detail: 'Prohibitions that ended since are not seen, but for those that the event names.' },
    ...(ended.length === 0
      ? []
      : [{ fact: 'prohibitions' as const, from: 'event' as const, detail: `Ended since; that they were in force is the event's word: ${ids}.` }])
  ]
}

/** Prohibitions that the event names and that are no longer in force, as their own blocks have them. */
async function prohibitionsOfEvent (
  { ledger, blocks, reader, isBefore }: FactSources,
  { reasons, patientId }: Recorded,
  known: readonly ProhibitionFacts[]
): Promise<ProhibitionFacts[]> {
  const rules: readonly string[] = [DECISION_RULES.patientProhibits, DECISION_RULES.prohibitionUndecided]
  const named = new Set(reasons.flatMap(({ rule, facts = [] }) => rules.includes(rule) ? facts : []))
  const missing = [...named].filter((id) => !known.some((prohibition) => prohibition.id === id))
  return (await Promise.all(missing.map(async (statementId) => {
    const receipt = await ledger.findStatement(statementId)
    if (receipt?.type !== 'Prohibition' || !await isBefore(receipt)) return []
    const transaction = await blocks.findTransaction(receipt.txId)
    if (transaction?.event?.name !== LEDGER_EVENTS.prohibitionMade) return []
    const stored = readPayload(StoredStatement, transaction.event)
    const { id, body } = judged(() => reader.readStored('Prohibition', stored))
    return id === statementId && body.patientId === patientId ? prohibitionFacts(id, body) ?? [] : []
  }))).flat()
}
