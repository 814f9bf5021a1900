import { ConsentState, DepartmentState, LEDGER_EVENTS, REQUESTS_PER_BATCH, StoredStatement } from '@epione/protocol'
import type { Consent, LedgerEventName, StatementType } from '@epione/protocol'
import type { ConsentTerms } from '@epione/protocol/api'
import type { ProvenStatement, StatementReader } from '@epione/protocol/verify'
import type { LedgerEvent } from '@epione/ledger/fabric'
import type { Transaction } from 'kysely'
import { readPayload } from '../ledger/ledger-events.ts'
import type { Projection } from '../ledger/projection.ts'
import type { ConsentChangesTable } from '../store/audit-tables.ts'
import type { Tables } from '../store/tables.ts'

type Row = ConsentChangesTable
type Ended = Pick<Row, 'ended_by'> & { at: number }

/**
 * Writes what blocks say of consents, prohibitions, freezes and departments into the read model of auditors. It decides nothing, and
 * repeating it changes nothing. What ends a consent may come before it: then it never was in force.
 */
export function projectChanges (reader: StatementReader): Projection {
  const read = <T extends StatementType>(type: T, event: LedgerEvent): ProvenStatement<T> & { stored: StoredStatement } => {
    const stored = readPayload(StoredStatement, event)
    return { ...reader.readStored(type, stored), stored }
  }
  const projections = new Map<string, Projection>(Object.entries({
    [LEDGER_EVENTS.consentGranted]: (event, index) => {
      const { consent: stored } = readPayload(ConsentState, event)
      const { id, body } = reader.readStored('Consent', stored)
      const { grantee, threshold, notBefore, notAfter } = body
      const row: Row = {
        ...rowOf(event, index, stored, body.patientId),
        change: 'granted',
        about: id,
        msp_id: grantee.mspId,
        staff_id: grantee.kind === 'practitioner' ? grantee.staffId : null,
        department: grantee.kind === 'department' ? grantee.department : null,
        threshold,
        not_before: notBefore,
        not_after: notAfter,
        said: JSON.stringify({ terms: termsOf(body) })
      }
      return async (trx) => {
        const ended = await trx.selectFrom('consent_changes').select('time').where('change', '=', 'revoked').where('about', '=', id)
          .where('patient_id', '=', body.patientId).executeTakeFirst()
        await insert(trx, ended === undefined ? row : { ...row, ended_at: ended.time, ended_by: 'revoked' })
      }
    },
    [LEDGER_EVENTS.custodyConfirmed]: (event) => {
      const { body: { mspId, consentId }, stored: { time } } = read('CustodyConfirmation', event)
      return async (trx) => {
        await trx.insertInto('consent_custody').values({ consent_id: consentId, msp_id: mspId }).onConflict((c) => c.doNothing()).execute()
        const held = trx.selectFrom('consent_custody').select((e) => e.fn.countAll<number>().as('held')).where('consent_id', '=', consentId)
        await trx.updateTable('consent_changes').set({ active_from: time }).where('change', '=', 'granted').where('about', '=', consentId)
          .where('active_from', 'is', null).where('threshold', '<=', held).execute()
      }
    },
    [LEDGER_EVENTS.consentRevoked]: (event, index) => {
      const { body: { patientId, consentId }, stored } = read('Revocation', event)
      return async (trx) => {
        await insert(trx, { ...rowOf(event, index, stored, patientId), change: 'revoked', about: consentId, ...await granteeOf(trx, patientId, consentId) })
        await end(trx, patientId, { change: 'granted', about: consentId }, { at: stored.time, ended_by: 'revoked' })
      }
    },
    [LEDGER_EVENTS.prohibitionMade]: (event, index) => {
      const { id, body: { patientId, forbids, ends, notAfter }, stored } = read('Prohibition', event)
      const row = rowOf(event, index, stored, patientId)
      return async (trx) => {
        // One statement may end a prohibition and make another: it is told as what it forbids.
        await insert(trx, forbids === undefined
          ? { ...row, change: 'allowed', about: ends ?? id }
          : { ...row, change: 'forbidden', about: id, not_before: stored.time, not_after: notAfter ?? null, said: JSON.stringify({ forbids }) })
        if (ends !== undefined) await end(trx, patientId, { change: 'forbidden', about: ends }, { at: stored.time, ended_by: 'allowed' })
      }
    },
    [LEDGER_EVENTS.patientFrozen]: (event, index) => {
      const { id, body: { patientId }, stored } = read('Freeze', event)
      return async (trx) => { await insert(trx, { ...rowOf(event, index, stored, patientId), change: 'frozen', about: id, not_before: stored.time }) }
    },
    [LEDGER_EVENTS.patientUnfrozen]: (event, index) => {
      const { body: { patientId, freezeId }, stored } = read('Unfreeze', event)
      return async (trx) => {
        await insert(trx, { ...rowOf(event, index, stored, patientId), change: 'unfrozen', about: freezeId })
        await end(trx, patientId, { change: 'frozen', about: freezeId }, { at: stored.time, ended_by: 'unfrozen' })
      }
    },
    [LEDGER_EVENTS.patientSucceeded]: (event, index) => {
      const { id, body: { patientId }, stored } = read('Succession', event)
      return async (trx) => {
        await insert(trx, { ...rowOf(event, index, stored, patientId), change: 'succeeded', about: id })
        await end(trx, patientId, { change: 'granted' }, { at: stored.time, ended_by: 'succeeded' })
      }
    },
    [LEDGER_EVENTS.membershipChanged]: (event, index) => {
      const { membership: stored } = readPayload(DepartmentState, event)
      const { id, body: { mspId, department, version, members } } = reader.readStored('Membership', stored)
      const now = members.map(({ staffId }) => staffId)
      return async (trx) => {
        const former = await trx.selectFrom('group_changes').select(['members', 'version']).where('msp_id', '=', mspId).where('department', '=', department)
          .where('version', '<', version).orderBy('version', 'desc').limit(1).executeTakeFirst()
        const before = former === undefined ? [] : former.members.split(' ')
        await trx.insertInto('group_changes').values({
          statement_id: id,
          ...placeOf(event, index),
          tx_id: event.txId,
          time: stored.time,
          msp_id: mspId,
          department,
          version,
          joined: now.filter((staffId) => !before.includes(staffId)).join(' '),
          left_out: before.filter((staffId) => !now.includes(staffId)).join(' '),
          members: now.join(' ')
        }).onConflict((c) => c.doNothing()).execute()
      }
    }
  } satisfies Partial<Record<LedgerEventName, Projection>>))
  return (event, eventIndex) => projections.get(event.name)?.(event, eventIndex)
}

/** Rows of all tables of the log stand in one order. */
function placeOf ({ blockNumber }: LedgerEvent, eventIndex: number): Pick<Row, 'block_number' | 'event_index'> {
  return { block_number: Number(blockNumber), event_index: eventIndex * REQUESTS_PER_BATCH }
}

/** Without what makes it a change of one kind. */
function rowOf (event: LedgerEvent, eventIndex: number, { id, time, submittedBy }: StoredStatement, patientId: string): Omit<Row, 'change' | 'about'> {
  return {
    statement_id: id,
    ...placeOf(event, eventIndex),
    tx_id: event.txId,
    time,
    submitted_by: submittedBy,
    patient_id: patientId,
    msp_id: null,
    staff_id: null,
    department: null,
    threshold: null,
    active_from: null,
    not_before: null,
    not_after: null,
    ended_at: null,
    ended_by: null,
    said: '{}'
  }
}

function termsOf (body: Consent): ConsentTerms {
  const { grantee, compartments, actions, purposes, conditions, notBefore, notAfter, emergency, exceptions, dataPeriod, levels } = body
  return {
    grantee: {
      kind: grantee.kind,
      mspId: grantee.mspId,
      ...(grantee.kind === 'practitioner' && { staffId: grantee.staffId }),
      ...(grantee.kind === 'department' && { department: grantee.department })
    },
    labels: compartments.map(({ label }) => label),
    actions,
    purposes,
    conditions,
    notBefore,
    notAfter,
    emergency,
    ...(exceptions !== undefined && { exceptions }),
    ...(dataPeriod !== undefined && { dataPeriod }),
    ...(levels !== undefined && { levels })
  }
}

async function insert (trx: Transaction<Tables>, row: Row): Promise<void> {
  await trx.insertInto('consent_changes').values(row).onConflict((c) => c.doNothing()).execute()
}

/** Whoever sees a consent to them sees its end, too. */
async function granteeOf (trx: Transaction<Tables>, patientId: string, consentId: string): Promise<Pick<Row, 'msp_id' | 'staff_id' | 'department'>> {
  const row = await trx.selectFrom('consent_changes').select(['msp_id', 'staff_id', 'department']).where('patient_id', '=', patientId)
    .where('change', '=', 'granted').where('about', '=', consentId).executeTakeFirst()
  return row ?? { msp_id: null, staff_id: null, department: null }
}

/** The first end stays. */
async function end (
  trx: Transaction<Tables>, patientId: string, { change, about }: { change: string, about?: string }, { at, ended_by: by }: Ended
): Promise<void> {
  let rows = trx.updateTable('consent_changes').set({ ended_at: at, ended_by: by }).where('patient_id', '=', patientId)
    .where('change', '=', change).where('ended_at', 'is', null)
  if (about !== undefined) rows = rows.where('about', '=', about)
  await rows.execute()
}
