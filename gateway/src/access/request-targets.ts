import { endOf, LedgerError } from '@epione/protocol'
import type { DecisionInput, EndedRecord, EventCompartment, RecordState, RequestedRecord } from '@epione/protocol'
import type { AccessQuestion } from '@epione/protocol/api'
import { requireSearchKey, verifyDirectory, verifySearchKeys } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import { currentRecord } from '../records/read-grounds.ts'
import { takenAt } from './facts-then.ts'
import type { PersonSources } from './known-person.ts'

/** Whether a question names records or compartments, and each once. @throws {GatewayError} REQUEST_INVALID */
export function requireTargets ({ records, compartments }: AccessQuestion): void {
  if ((records === undefined) === (compartments === undefined)) {
    throw new GatewayError('REQUEST_INVALID', 'name either records to read or compartments to search')
  }
  const names = [...(records ?? []).map((r) => r.recordId), ...(compartments ?? []).map((c) => `${c.label}/${String(c.epoch)}`)]
  if (new Set(names).size !== names.length) throw new GatewayError('REQUEST_INVALID', 'name each record and each compartment once')
}

/** What a question is for, as it names it and as it is: what its request would say, and by what it would be judged. */
export type Targets = Pick<DecisionInput, 'records' | 'compartments' | 'ended'> & { asked: Pick<DecisionInput['request'], 'records' | 'compartments'> }

/** As the ledger has them now; with the times of records where a consent asks for them. */
export async function targetsNow (sources: PersonSources, question: AccessQuestion, isDated: boolean): Promise<Targets> {
  return question.compartments === undefined ? await recordsNow(sources, question, isDated) : await compartmentsNow(sources, question)
}

/** The patient's own; a version that is not said is the newest, or the first of what is not there or another patient's. */
async function recordsNow (
  { ledger }: PersonSources, { patientId, records: named = [] }: AccessQuestion, isDated: boolean
): Promise<Targets> {
  const records: RequestedRecord[] = []
  const ended: EndedRecord[] = []
  const asked: { recordId: string, version: number }[] = []
  for (const { recordId, version } of named) {
    const state = await ledger.getRecord(recordId, version).catch(whenUnknown)
    const current = state === undefined ? undefined : currentRecord(state)
    const isTheirs = state !== undefined && current?.owner === patientId
    asked.push({ recordId, version: isTheirs ? state.version : version ?? 1 })
    if (!isTheirs) continue
    records.push({ ...current.record, author: current.author, ...(isDated && { takenAt: await takenAt(ledger, state, current.record) }) })
    const end = state.end === undefined ? undefined : endOf(state)
    if (end !== undefined) ended.push(end)
  }
  return { asked: { records: asked }, records, ended }
}

/** Those that are the patient's and have a search key. */
async function compartmentsNow (
  { ledger, reader }: PersonSources, { patientId, compartments: named = [] }: AccessQuestion
): Promise<Targets> {
  const directory = await judged(async () => verifyDirectory(await ledger.getDirectory(patientId), patientId, reader))
  const { items, statements } = await ledger.findSearchKeys(patientId, [...named])
  const published = new Map(statements.map((stored) => [stored.id, judged(() => verifySearchKeys(stored, directory, reader))]))
  const compartments = named.flatMap(({ label, epoch }): EventCompartment[] => {
    const level = directory.newest.compartments.find((c) => c.label === label)?.level
    const item = items.find((one) => one.label === label && one.epoch === epoch)
    const keys = published.get(item?.statementId ?? '')
    if (level === undefined || item === undefined || keys === undefined) return []
    const { issue } = item
    return [{ label, epoch, level, issue, wrapHash: judged(() => requireSearchKey(keys, { label, epoch, issue })).wrapHash }]
  })
  return { asked: { compartments: [...named] }, records: [], compartments }
}

function whenUnknown (error: unknown): RecordState | undefined {
  if (error instanceof LedgerError && error.code === 'RECORD_UNKNOWN') return undefined
  throw error
}
