import { PURPOSES } from '@epione/protocol'
import {
  explainAccess, explainInWords, isClientError, listConsenting, listGrantedConsents, listRecords, openRecord, requestAccess, searchAll
} from '@epione/sdk'
import type { ClientError, GrantedConsent, PractitionerContext, RecordSummary, SearchOfAll } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { practitionerOf } from '../practitioner.ts'
import type { Proposal, SaidLine } from '../proposal.ts'
import { intoMemory } from './records.ts'
import type { Content } from './records.ts'

const ACTIONS = ['read', 'search'] as const
/** Matches of one patient that are shown. */
const FOUND_MAX = 100

/** Patients who let this person or their department do something: by what the own hospital lists. */
export interface PatientsShown { items: Array<{ patientId: string, actions: string[] }>, purposes: string[] }

export async function listPatients (desk: Desk): Promise<PatientsShown> {
  const context = await practitionerOf(desk)
  const listed = await Promise.all(ACTIONS.map(async (action) => ({ action, patients: await listConsenting(context, action) })))
  const ids = [...new Set(listed.flatMap(({ patients }) => patients))]
  return {
    items: ids.map((patientId) => ({
      patientId, actions: listed.filter(({ patients }) => patients.includes(patientId)).map(({ action }) => action)
    })),
    purposes: [...PURPOSES]
  }
}

type ConsentShown = Pick<GrantedConsent, 'consentId' | 'status'> & {
  actions: string[], purposes: string[], notAfter: number, forDepartment: boolean
}

/** What a patient lets this person do, each consent proven, and their records: none are shown while no consent is in force. */
export interface PatientShown {
  patientId: string
  consents: ConsentShown[]
  records: RecordSummary[]
  purposes: string[]
}

/** @throws {ClientError} CONSENT_INVALID */
export async function readPatient (desk: Desk, { patientId }: { patientId: string }): Promise<PatientShown> {
  const context = await practitionerOf(desk)
  const [consents, records] = await Promise.all([listGrantedConsents(context, patientId), listShown(context, patientId)])
  return {
    patientId,
    consents: consents.map(({ consentId, status, body: { actions, purposes, notAfter, grantee } }) =>
      ({ consentId, status, actions: [...actions], purposes: [...purposes], notAfter, forDepartment: grantee.kind === 'department' })),
    records,
    purposes: [...PURPOSES]
  }
}

async function listShown (context: PractitionerContext, patientId: string): Promise<RecordSummary[]> {
  try {
    return await listRecords(context, patientId)
  } catch (error) {
    if (isClientError(error, 'REFUSED') && error.details['gatewayCode'] === 'NOT_PERMITTED') return []
    throw error
  }
}

/** What came of a request: the content, or why it was denied, in sentences of the own hospital. Either is in the log. */
export type Asked = { decision: 'permit', eventId: string, content: Content, warnings: string[] } | {
  decision: 'deny', eventId: string, sentences: string[], warnings: string[]
}

interface Wanted { patientId: string, recordId: string, version: number, purpose: string }

/** Asks for a record version, and opens it where that is permitted. */
export async function request (desk: Desk, wanted: Wanted): Promise<Proposal<Asked>> {
  const context = await practitionerOf(desk)
  const { patientId, recordId, version, purpose } = structuredClone(wanted)
  return {
    says: {
      title: 'ask.confirm',
      lines: [...linesOf({ patientId, recordId, version }), { label: 'consent.purposes', value: purpose, kind: 'purpose' }],
      warnings: ['ask.logged']
    },
    carry: async () => await orDenied(context, async () => {
      const { eventId, warnings } = await requestAccess(context, { patientId, records: [{ recordId, version }], purpose })
      return await openNow(context, { eventId, recordId, version }, warnings)
    })
  }
}

/** Opens what an event permits: within its minute. */
export async function openPermitted (
  desk: Desk, wanted: { patientId: string, eventId: string, recordId: string, version: number }
): Promise<Proposal<Asked>> {
  const context = await practitionerOf(desk)
  const fixed = structuredClone(wanted)
  return { says: { title: 'open.confirm', lines: linesOf(fixed), warnings: [] }, carry: async () => await openNow(context, fixed) }
}

export const linesOf = ({ patientId, recordId, version }: { patientId: string, recordId: string, version: number }): SaidLine[] => [
  { label: 'patient.id', value: patientId, kind: 'code' },
  { label: 'record.id', value: recordId, kind: 'code' },
  { label: 'record.versionNumber', value: String(version), kind: 'number' }
]

async function openNow (
  context: PractitionerContext, { eventId, recordId, version }: { eventId: string, recordId: string, version: number }, told: string[] = []
): Promise<Asked> {
  const warnings = [...told]
  const content = await intoMemory(async (to) => {
    const opened = await openRecord(context, { eventId, recordId, version, to })
    warnings.push(...opened.warnings ?? [], ...opened.liars.map(({ mspId, failure }) => `${mspId}: ${failure}`))
  })
  return { decision: 'permit', eventId, content, warnings }
}

/** A denial is an answer, with its reasons; every other failure stays one. */
export async function orDenied<T> (context: PractitionerContext, ask: () => Promise<T>): Promise<T | Extract<Asked, { decision: 'deny' }>> {
  try {
    return await ask()
  } catch (error) {
    if (isClientError(error, 'ACCESS_DENIED')) return await denied(context, error)
    throw error
  }
}

async function denied (context: PractitionerContext, error: ClientError): Promise<Extract<Asked, { decision: 'deny' }>> {
  const { eventId } = error.details
  if (typeof eventId !== 'string') throw error
  try {
    const explained = await explainAccess(context, eventId)
    return { decision: 'deny', eventId, sentences: explainInWords(explained, 'staff'), warnings: explained.warnings ?? [] }
  } catch (cause) {
    if (!isClientError(cause)) throw cause
    // It is denied all the same: what the answer itself says of it stands in for the explanation.
    return { decision: 'deny', eventId, sentences: [error.message], warnings: [cause.message] }
  }
}

/**
 * Searches the indexes of one patient, or of all who opened theirs to this person: a logged request for each, which says nothing of what
 * is looked for.
 */
export async function search (
  desk: Desk, wanted: { query: string, purpose: string, patientId?: string }
): Promise<Proposal<SearchOfAll>> {
  const context = await practitionerOf(desk)
  const { query, purpose, patientId } = structuredClone(wanted)
  const patients = patientId === undefined ? await listConsenting(context, 'search') : [patientId]
  return {
    says: {
      title: 'find.confirm',
      lines: [
        { label: 'search.query', value: query, kind: 'text' },
        ...(patientId === undefined
          ? [{ label: 'find.patients', value: String(patients.length), kind: 'number' } as const]
          : [{ label: 'patient.id', value: patientId, kind: 'code' } as const]),
        { label: 'consent.purposes', value: purpose, kind: 'purpose' }
      ],
      warnings: ['find.logged']
    },
    carry: async () => await searchAll(context, patients, { query, purpose, limit: FOUND_MAX })
  }
}
