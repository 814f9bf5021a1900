import type { VerifiedDirectory, VerifiedSafety } from '@epione/protocol/verify'
import { listAccessEvents } from '../access/audit.ts'
import { listConsents } from '../consents/consent.ts'
import type { ConsentSummary } from '../consents/consent.ts'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { findOwnKeys } from '../keys/own-keys.ts'
import type { KeyNumbers } from '../keys/own-keys.ts'
import { requireOwnDirectory } from '../keys/patient.ts'
import { together } from '../gateways/together.ts'
import { listRecords } from '../records/record-read.ts'
import type { RecordSummary } from '../records/record-read.ts'
import { readSafety } from '../keys/safety.ts'
import { warnOfStaleKeys } from '../representatives/list.ts'

/** Everything of a patient, found from phrase and ledger alone; nothing in it rests on one gateway's word. */
export interface Overview {
  patientId: string
  version: number
  keyNumbers: KeyNumbers
  /** Newest epoch of each category. */
  epochs: Record<string, number>
  /** A new identity key that waits. */
  pending?: { statementId: string, activeFrom: number, stopped: boolean }
  succeededBy?: string
  predecessors: readonly string[]
  records: RecordSummary[]
  /** Record versions that are not under their category's newest epoch: `patient rewrap` brings them over. */
  toRewrap: number
  consents: ConsentSummary[]
  guardians?: { issue: number, threshold: number, guardians: number }
  frozen: boolean
  recoveries: Array<{ requestId: string, issue: number, availableFrom: number, stopped: boolean, outdated: boolean }>
  representations: VerifiedDirectory['representations']
  log: { permitted: number, denied: number, newest?: number }
  warnings?: string[]
}

/** Reads everything of a patient. What needs the patient's attention comes as a warning. */
export async function readOverview (context: PatientContext): Promise<Overview> {
  const { patientId } = context
  const reading = readSafety(context, patientId)
  const own = reading.then((safety) => requireOwnDirectory(context, safety.directory))
  const [safety, directory, records, consents, log] = await together(
    reading, own, listRecords(context, patientId, own), listConsents(context, own), listAccessEvents(context, {})
  )
  const keyNumbers = findOwnKeys(directory, context.keys)
  const toRewrap = records.filter(({ label, epoch }) =>
    directory.newest.compartments.some((c) => c.label === label && c.epoch > epoch)).length
  const recoveries = describeRecoveries(safety)
  const newest = log.items[0]?.time
  const warnings = [
    ...log.warnings ?? [],
    ...warnOfChanges(directory, safety, recoveries),
    ...warnOfStaleKeys(directory, currentTime(context))
  ]
  return {
    patientId,
    version: directory.newest.version,
    keyNumbers,
    epochs: Object.fromEntries(directory.newest.compartments.map((c) => [categoryOfLabel(context.keys, c.label) ?? c.label, c.epoch])),
    ...describeDirectory(directory),
    records,
    toRewrap,
    consents,
    ...describeGuardians(safety),
    frozen: safety.freeze !== undefined,
    recoveries,
    representations: directory.representations,
    log: {
      permitted: log.items.filter((e) => e.decision === 'permit').length,
      denied: log.items.filter((e) => e.decision === 'deny').length,
      ...(newest === undefined ? {} : { newest })
    },
    ...(warnings.length === 0 ? {} : { warnings })
  }
}

function describeDirectory (
  { pending, succeededBy, predecessors }: VerifiedDirectory
): Pick<Overview, 'pending' | 'succeededBy' | 'predecessors'> {
  return {
    predecessors,
    ...(pending === undefined ? {} : { pending: { statementId: pending.id, activeFrom: pending.activeFrom, stopped: pending.stopped } }),
    ...(succeededBy === undefined ? {} : { succeededBy })
  }
}

function describeGuardians ({ guardians }: VerifiedSafety): Pick<Overview, 'guardians'> {
  return guardians === undefined
    ? {}
    : { guardians: { issue: guardians.body.issue, threshold: guardians.body.threshold, guardians: guardians.body.guardians.length } }
}

/** Recoveries on the ledger, oldest first. */
export function describeRecoveries ({ recoveries, guardians }: VerifiedSafety): Overview['recoveries'] {
  return recoveries.map((
    { id, body: { issue }, availableFrom, stopped }
  ) => ({ requestId: id, issue, availableFrom, stopped, outdated: issue !== guardians?.body.issue }))
}

/** What of a patient's protection needs the patient's attention. */
export function warnOfChanges (
  { pending, succeededBy }: VerifiedDirectory,
  { freeze }: VerifiedSafety,
  recoveries: Overview['recoveries']
): string[] {
  const open = recoveries.filter((r) => !r.stopped && !r.outdated)
  return [
    ...open.map((r) =>
      `Guardians asked for your phrase (request ${r.requestId}); it is handed out from ${new Date(r.availableFrom).toISOString()} on. If that is not you: epione recovery stop ${r.requestId}`),
    ...(pending === undefined || pending.stopped
      ? []
      : [
        `A new identity key waits until ${new Date(pending.activeFrom).toISOString()}. If that is not you: epione recovery stop ${pending.id}`
        ]),
    ...(freeze === undefined
      ? []
      : [
          'You are frozen: no access is permitted, and only revocation and recovery are accepted, until "patient unfreeze" or your guardians end it.'
        ]),
    ...(succeededBy === undefined ? [] : [`This patient id was handed over to ${succeededBy}.`])
  ]
}
