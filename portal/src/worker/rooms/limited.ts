import { LimitedKeys } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { CATEGORY_NAMES, isConsentOver, PatientId } from '@epione/protocol'
import {
  ClientError, endDelegate, freezePatient, listConsents as listAllConsents, listDelegates, readSafety, useDelegate as actByDelegate
} from '@epione/sdk'
import type { DelegateEnded, DelegateShown, Sealing } from '@epione/sdk'
import { Value } from 'typebox/value'
import type { Desk } from '../desk.ts'
import { makeLimitedKey, openLimitedKey } from '../limited-key.ts'
import { addLimited, readLimited, removeProfile } from '../profiles.ts'
import { PortalError } from '../problem.ts'
import type { Proposal } from '../proposal.ts'
import type { ConsentListed } from './consents.ts'

/** The key of this browser: what its patient compares, and what the ledger shows of it; `waiting` until the patient named it. */
export interface LimitedKeyShown {
  patientId: string
  key: string
  fingerprint: string
  state: DelegateShown['state'] | 'waiting'
  /** The patient is frozen. */
  frozen: boolean
  named?: DelegateShown
}

let held: { key: SecretKey, patientId: string } | undefined

/** A fresh key, in a copy that a hospital serves alone. @throws {ClientError} USAGE, ALREADY_INITIALIZED */
export async function make (desk: Desk, { patientId, second }: { patientId: string, second?: NonNullable<Sealing['second']> }): Promise<void> {
  const { config: { edition } } = await desk.network()
  if (edition !== 'served') throw new ClientError('USAGE', 'This copy is your own, and holds your own keys: limited ones are for copies that hospitals serve.')
  const id = patientId.trim().toLowerCase()
  if (!Value.Check(PatientId, id)) throw new ClientError('USAGE', 'A patient number has 32 letters and digits, as your own copy shows them.')
  const { key, profile } = await makeLimitedKey(id, second)
  await addLimited(profile)
  take(desk, { key, patientId: id })
}

/** @throws {ClientError} SECOND_FACTOR_REQUIRED, KEYSTORE_DAMAGED, KEYSTORE_MISSING */
export async function unlock (desk: Desk, { second }: { second?: Uint8Array }): Promise<void> {
  const profile = await readLimited()
  if (profile === undefined) throw new ClientError('KEYSTORE_MISSING', 'There is no limited key in this browser.')
  take(desk, { key: await openLimitedKey(profile, second), patientId: profile.patientId })
}

function take (desk: Desk, mine: { key: SecretKey, patientId: string }): void {
  held = mine
  // Its id is known once the patient has named it, and then stands in what `useDelegate` gives.
  desk.unlock(new LimitedKeys({ delegateId: '', key: mine.key }), (context) => actByDelegate(context, mine))
}

/** @throws {PortalError} LOCKED */
function own (desk: Desk): { key: SecretKey, patientId: string } {
  desk.keys()
  if (held === undefined) throw new PortalError('LOCKED', 'The key is locked: open it first.')
  return held
}

/** What the ledger shows of this browser's key, by two hospitals. */
export async function readKey (desk: Desk): Promise<LimitedKeyShown> {
  const { key, patientId } = own(desk)
  const { context, prove } = await desk.network()
  await prove()
  const shown = { patientId, key: key.publicKey().toHex(), fingerprint: key.publicKey().fingerprint() }
  const [delegates, { freeze }] = await Promise.all([listDelegates({ ...context, patientId }), readSafety(context, patientId)])
  const named = delegates.find((one) => one.key === shown.key)
  return { ...shown, state: named?.state ?? 'waiting', frozen: freeze !== undefined, ...(named === undefined ? {} : { named }) }
}

/** Consents of the patient. A limited key cannot tell which category is which, but for those that bear their names. */
export async function listConsents (desk: Desk): Promise<{ items: ConsentListed[] }> {
  const items = await listAllConsents(await desk.patient())
  return {
    items: items.map((consent) => ({
      ...consent,
      categories: consent.categories.filter((name) => CATEGORY_NAMES.some((known) => known === name)),
      isOver: isConsentOver(consent.status)
    }))
  }
}

/** The brake, which only the patient's own copy takes off. */
export async function freeze (desk: Desk): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  return {
    says: {
      title: 'limited.freeze.confirm',
      lines: [{ label: 'limited.patient', value: context.patientId, kind: 'code' }],
      warnings: ['limited.freeze.means']
    },
    carry: () => freezePatient(context)
  }
}

/** Ends this very key, on the ledger. @throws {ClientError} NOT_FOUND, DELEGATE_ENDED */
export async function end (desk: Desk): Promise<Proposal<DelegateEnded>> {
  const context = await desk.patient()
  const { named, fingerprint } = await readKey(desk)
  if (named === undefined) throw new ClientError('NOT_FOUND', 'The patient has named no such key.')
  return {
    says: { title: 'limited.end.confirm', lines: [{ label: 'limited.fingerprint', value: fingerprint, kind: 'code' }], warnings: ['limited.end.means'] },
    carry: () => endDelegate(context, named.delegateId)
  }
}

/** Takes the key out of this browser: whoever is at it may do so by the browser's own menu, too. */
export async function forget (_: Desk): Promise<void> {
  held = undefined
  await removeProfile()
}
