import {
  ClientError, depositForEmergencies, endProhibition, forbidAccess, freezePatient, listDeposits, listProhibitions, readOverview,
  stopRecovery, switchEmergenciesOff, switchEmergenciesOn, unfreezePatient
} from '@epione/sdk'
import type { DepositState, Overview, ProhibitionSummary, ProhibitionWanted } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Proposal, SaidLine } from '../proposal.ts'

export interface Protection {
  patientId: string
  frozen: boolean
  guardians?: Overview['guardians']
  /** Attempts to recover the phrase, or to change the identity key, that wait and can be stopped. */
  waiting: Array<{ id: string, kind: 'recovery' | 'identity', from: number }>
  prohibitions: ProhibitionSummary[]
  deposits: DepositState[]
  /** Break-glass is switched off everywhere. */
  emergenciesOff: boolean
  warnings?: string[]
}

/** Everything that protects the person, as hospitals prove it. */
export async function readProtection (desk: Desk): Promise<Protection> {
  const context = await desk.patient()
  const [overview, prohibitions, deposits] = await Promise.all([readOverview(context), listProhibitions(context), listDeposits(context)])
  const { patientId, frozen, guardians, recoveries, pending, warnings } = overview
  return {
    patientId,
    frozen,
    ...(guardians === undefined ? {} : { guardians }),
    waiting: [
      ...recoveries.filter(({ stopped, outdated }) => !stopped && !outdated)
        .map(({ requestId, availableFrom }) => ({ id: requestId, kind: 'recovery' as const, from: availableFrom })),
      ...(pending === undefined || pending.stopped ? [] : [{ id: pending.statementId, kind: 'identity' as const, from: pending.activeFrom }])
    ],
    prohibitions,
    deposits,
    emergenciesOff: prohibitions.some(({ switchesOff }) => switchesOff?.length === 0),
    ...(warnings === undefined ? {} : { warnings })
  }
}

/** Whose keys these are. */
export async function readOwnId (desk: Desk): Promise<{ patientId: string }> {
  const { patientId } = await desk.patient()
  return { patientId }
}

/** Freezes the own patient id, or ends that. */
export async function setFrozen (desk: Desk, { frozen }: { frozen: boolean }): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  const lines: SaidLine[] = [{ label: 'me.patientId', value: context.patientId, kind: 'code' }]
  return frozen
    ? { says: { title: 'freeze.confirm', lines, warnings: ['freeze.means'] }, carry: () => freezePatient(context) }
    : { says: { title: 'unfreeze.confirm', lines, warnings: [] }, carry: () => unfreezePatient(context) }
}

/** Stops a recovery, or a change of the identity key, that somebody began. */
export async function stopWaiting (desk: Desk, { id }: { id: string }): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  return {
    says: { title: 'stop.confirm', lines: [{ label: 'stop.target', value: id, kind: 'code' }], warnings: [] },
    carry: () => stopRecovery(context, id)
  }
}

/** Switches break-glass off or on, everywhere. */
export async function setEmergencies (desk: Desk, { on }: { on: boolean }): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  return on
    ? { says: { title: 'emergencies.on.confirm', lines: [], warnings: [] }, carry: () => switchEmergenciesOn(context) }
    : { says: { title: 'emergencies.off.confirm', lines: [], warnings: ['emergencies.off.means'] }, carry: () => switchEmergenciesOff(context) }
}

/** Deposits what emergencies at an organisation may open. */
export async function deposit (
  desk: Desk, { mspId, categories, days }: { mspId: string, categories: string[], days: number }
): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  const chosen = [...categories]
  return {
    says: {
      title: 'deposit.confirm',
      lines: [
        { label: 'consent.to', value: mspId, kind: 'hospital' },
        { label: 'consent.categories', value: chosen.join(), kind: 'category' },
        { label: 'consent.days', value: String(days), kind: 'number' }
      ],
      warnings: ['deposit.means']
    },
    carry: () => depositForEmergencies(context, { organizations: [mspId], categories: chosen, days })
  }
}

/** Forbids, whatever consents say. */
export async function forbid (desk: Desk, wanted: ProhibitionWanted): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  const fixed = structuredClone(wanted)
  const { organizations = [], people = [], categories = [], purposes = [], days } = fixed
  const lines: SaidLine[] = [
    { label: 'forbid.organizations', value: organizations.join(), kind: 'hospital' },
    { label: 'forbid.people', value: people.map(({ mspId, staffId }) => `${mspId}/${staffId}`).join(), kind: 'person' },
    { label: 'consent.categories', value: categories.join(), kind: 'category' },
    { label: 'consent.purposes', value: purposes.join(), kind: 'purpose' },
    { label: 'consent.days', value: days === undefined ? '' : String(days), kind: 'number' }
  ]
  return {
    says: { title: 'forbid.confirm', lines: lines.filter(({ value }) => value !== ''), warnings: [] },
    carry: () => forbidAccess(context, fixed)
  }
}

/** Ends a prohibition, in its own words: what consents say counts again. @throws {ClientError} NOT_FOUND */
export async function endForbidden (desk: Desk, { prohibitionId }: { prohibitionId: string }): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  const ended = (await listProhibitions(context)).find((one) => one.prohibitionId === prohibitionId)
  if (ended === undefined) throw new ClientError('NOT_FOUND', 'This prohibition is not in force any more.')
  const { forbids, issuedAt, notAfter } = ended
  const lines: SaidLine[] = [
    { label: 'forbid.what', value: forbids, kind: 'text' },
    { label: 'forbid.from', value: String(issuedAt), kind: 'time' },
    ...(notAfter === undefined ? [] : [{ label: 'consent.until', value: String(notAfter), kind: 'time' as const }]),
    { label: 'forbid.id', value: prohibitionId, kind: 'code' }
  ]
  return { says: { title: 'endForbid.confirm', lines, warnings: ['endForbid.means'] }, carry: () => endProhibition(context, prohibitionId) }
}
