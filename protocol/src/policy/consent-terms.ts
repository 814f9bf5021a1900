import { DECISION_RULES as R } from '../shapes/codes.ts'
import type { EventCompartment } from '../shapes/search-state.ts'
import type { EventRecord, Reason } from '../shapes/state.ts'
import type { AccessRequest, Consent, RecordManifest } from '../shapes/statements.ts'
import { says, saysPerson } from './said.ts'

/** A requested record version with what a consent may ask of it and no event says. */
export interface RequestedRecord extends EventRecord {
  author: RecordManifest['author']
  /** When the ledger took the version that dates it (ms); absent where the consent does not ask, or nobody can tell. */
  takenAt?: number
}

/** As much of a record as a decision depends on. */
export type DecidedRecord = Pick<RequestedRecord, 'recordId' | 'version' | 'label' | 'epoch' | 'level' | 'mediaClass' | 'author' | 'takenAt'>
/** As much of a record as terms ask for. */
export type TermsRecord = Pick<RequestedRecord, 'recordId' | 'version' | 'level' | 'mediaClass' | 'author' | 'takenAt'>
/** As much of a request as terms ask for. */
export type TermsRequest = Pick<AccessRequest, 'action' | 'purpose' | 'requester'>

type Terms = Pick<Consent, 'dataPeriod' | 'exceptions' | 'levels'> & { emergency?: boolean }
type Exception = NonNullable<Consent['exceptions']>[number]
type Period = NonNullable<Consent['dataPeriod']>

/** True when the decision needs to know when the ledger took the records. */
export function asksForTime ({ dataPeriod, exceptions = [] }: Terms): boolean {
  return dataPeriod !== undefined || exceptions.some((exception) => exception.dataPeriod !== undefined)
}

/** Which version of it dates a record version: the first, which later ones correct, but of a stream each segment, whose windows are new. */
export function datingVersion ({ version, segment }: { version: number, segment?: unknown }): number {
  return segment === undefined ? 1 : version
}

/** As much of a compartment to search. */
export type TermsCompartment = Pick<EventCompartment, 'label' | 'epoch' | 'level'>
interface TermsTargets { records: readonly TermsRecord[], compartments?: readonly TermsCompartment[] }

/**
 * What a consent of the grades intermediate and advanced says beyond a basic one. Each term can only deny. A compartment has records of any
 * time, author and media class: a term that asks for these cannot be evaluated there, and denies.
 */
export function checkTerms (terms: Terms, request: TermsRequest, { records, compartments = [] }: TermsTargets): Reason[] {
  return [
    ...checkLevels(terms, [...records, ...compartments]), ...checkPeriod(terms, records, compartments),
    ...checkExceptions(terms, request, { records, compartments })
  ]
}

/** In an emergency level V opens only where the patient ticked it. */
const EMERGENCY_LEVELS: Consent['levels'] = ['N', 'R']

function checkLevels (terms: Terms, records: ReadonlyArray<Pick<TermsRecord, 'level'>>): Reason[] {
  const levels = terms.levels ?? (terms.emergency === true ? EMERGENCY_LEVELS : undefined)
  const missing = [...new Set(records.filter(({ level }) => !says(levels, level)).map(({ level }) => level))].sort()
  return missing.length === 0 ? [] : [{ rule: R.levelNotGranted, facts: missing }]
}

/** A time that nobody can tell denies under a name of its own: it lies neither inside nor outside of any period. */
function checkPeriod (terms: Terms, records: readonly TermsRecord[], compartments: readonly TermsCompartment[]): Reason[] {
  const { dataPeriod } = terms
  const unknown = asksForTime(terms) ? records.filter(({ takenAt }) => takenAt === undefined) : []
  const timeless = dataPeriod === undefined ? [] : compartments.map(({ label, epoch }) => `${label}/${String(epoch)}`)
  const unknownNames = [...unknown.map(nameOf), ...timeless]
  const outside = records.filter(({ takenAt }) => dataPeriod !== undefined && takenAt !== undefined && !isIn(dataPeriod, takenAt))
  return [
    ...(unknownNames.length === 0 ? [] : [{ rule: R.dataTimeUnknown, facts: unknownNames }]),
    ...(outside.length === 0 ? [] : [{ rule: R.dataPeriodNotGranted, facts: outside.map(nameOf) }])
  ]
}

/** Facts: numbers of the exceptions that hold, from 1 as the consent lists them. */
function checkExceptions ({ exceptions = [] }: Terms, request: TermsRequest, { records, compartments = [] }: TermsTargets): Reason[] {
  const numbersOf = (holds: (exception: Exception) => boolean): string[] =>
    exceptions.flatMap((exception, index) => isOfRequest(exception, request) && holds(exception) ? [String(index + 1)] : [])
  const levelHolds = ({ levels }: Exception): boolean => compartments.some(({ level }) => says(levels, level))
  const facts = numbersOf((exception) =>
    records.some((record) => isOfRecord(exception, record)) || (!asksForRecords(exception) && levelHolds(exception)))
  const undecided = numbersOf((exception) => asksForRecords(exception) && levelHolds(exception))
  return [
    ...(facts.length === 0 ? [] : [{ rule: R.excepted, facts }]),
    ...(undecided.length === 0 ? [] : [{ rule: R.exceptionUndecided, facts: undecided }])
  ]
}

/** Whether an exception asks what no compartment says of itself. */
function asksForRecords ({ authors, records, mediaClasses, dataPeriod }: Exception): boolean {
  return (authors ?? records ?? mediaClasses ?? dataPeriod) !== undefined
}

function isOfRequest ({ actions, purposes, requesters }: Exception, { action, purpose, requester }: TermsRequest): boolean {
  return says(actions, action) && says(purposes, purpose) && saysPerson(requesters, requester)
}

function isOfRecord ({ authors, records, mediaClasses, levels, dataPeriod }: Exception, record: TermsRecord): boolean {
  const { author, recordId, mediaClass, level, takenAt } = record
  return (authors === undefined || (author.kind === 'practitioner' && saysPerson(authors, author))) && says(records, recordId) &&
    says(mediaClasses, mediaClass) && says(levels, level) &&
    (dataPeriod === undefined || (takenAt !== undefined && isIn(dataPeriod, takenAt)))
}

const isIn = ({ from, until }: Period, time: number): boolean => from <= time && time < until

const nameOf = ({ recordId, version }: TermsRecord): string => `${recordId}/${String(version)}`
