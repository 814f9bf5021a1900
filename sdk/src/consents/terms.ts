import type { Consent, Prohibition } from '@epione/protocol'
import type { KeyRing } from '@epione/crypto'
import { toHex } from '@epione/crypto'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'

export type ConsentException = NonNullable<Consent['exceptions']>[number]
export type Forbidden = NonNullable<Prohibition['forbids']>
type Period = NonNullable<Consent['dataPeriod']>

/** What a consent says beyond whom, what, what for and how long. */
export interface ConsentTerms {
  /** When the ledger took version 1 of a record, or a segment of a stream, ms; an end that is left out is open. `until` is exclusive. */
  dataPeriod?: Partial<Period>
  levels?: Consent['levels']
  exceptions?: readonly ConsentException[]
}

/** The members of a consent for its terms, with the least grade that a reader needs to judge them. */
export function termMembers (terms: ConsentTerms): Pick<Consent, 'grade' | 'dataPeriod' | 'levels' | 'exceptions'> {
  const { dataPeriod, levels, exceptions = [] } = terms
  const isIntermediate = dataPeriod !== undefined || exceptions.length > 0
  return {
    ...(levels !== undefined ? { grade: 'advanced', levels } : isIntermediate ? { grade: 'intermediate' } : {}),
    ...(dataPeriod === undefined ? {} : { dataPeriod: closePeriod(dataPeriod) }),
    ...(exceptions.length === 0 ? {} : { exceptions: [...exceptions] })
  }
}

/** The period that a statement says: an open end is the first or last time there is. */
export function closePeriod ({ from = 0, until = Number.MAX_SAFE_INTEGER }: Partial<Period>): Period {
  return { from, until }
}

/** Labels of the patient's own categories. @throws {ClientError} CATEGORY_UNKNOWN */
export function labelsOf (keys: KeyRing, categories: readonly string[]): string[] {
  return [...new Set(categories.map(requireCategory))].map((category) => toHex(keys.compartmentLabel(category)))
}

/** The terms of a consent in words, one line each. */
export function describeTerms ({ conditions, dataPeriod, levels, exceptions = [] }: Consent): string[] {
  return [
    ...conditions.map(({ attribute, anyOf }) => `only with the ${attribute} ${anyOf.join(' or ')}`),
    ...(levels === undefined ? [] : [`only level ${levels.join(' or ')}`]),
    ...(dataPeriod === undefined ? [] : [`only ${describePeriod(dataPeriod)}`]),
    ...exceptions.map((exception, index) => `exception ${index + 1}: not ${describeException(exception)}`)
  ]
}

/** What a prohibition forbids, in words. */
export function describeForbidden (keys: KeyRing, forbids: Forbidden): string {
  const { organizations, departments, requesters, labels, levels, actions, purposes } = forbids
  return join([
    list('organisation', organizations),
    list('department', departments?.map(({ mspId, department }) => `${mspId}/${department}`)),
    list('person', requesters?.map(nameOf)),
    list('category', labels?.map((label) => categoryOfLabel(keys, label) ?? label)),
    list('level', levels), list('action', actions), list('purpose', purposes)
  ])
}

function describeException (exception: ConsentException): string {
  const { actions, purposes, requesters, authors, records, mediaClasses, levels, dataPeriod } = exception
  return join([
    list('action', actions), list('purpose', purposes), list('person', requesters?.map(nameOf)), list('author', authors?.map(nameOf)),
    list('record', records), list('media', mediaClasses), list('level', levels),
    ...(dataPeriod === undefined ? [] : [describePeriod(dataPeriod)])
  ])
}

function describePeriod ({ from, until }: Period): string {
  const parts = [
    ...(from === 0 ? [] : [`from ${iso(from)}`]), ...(until === Number.MAX_SAFE_INTEGER ? [] : [`before ${iso(until)}`])
  ]
  return parts.length === 0 ? 'records of any time' : `records that the ledger took ${parts.join(' and ')}`
}

/** A time that no calendar has is told as the number it is. */
function iso (time: number): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? `${time} ms` : date.toISOString()
}

const nameOf = ({ mspId, staffId }: { mspId: string, staffId: string }): string => `${mspId}/${staffId}`
const list = (what: string, values: readonly string[] | undefined): string => values === undefined ? '' : `${what} ${values.join(' or ')}`
const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ')
