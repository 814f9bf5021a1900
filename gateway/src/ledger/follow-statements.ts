import { hasContent, isOfWrap, LEDGER_EVENTS, RecordState, RepresentationEndEntry, StoredStatement, SuspensionEntry } from '@epione/protocol'
import type { LedgerEventName, StatementType } from '@epione/protocol'
import type { ProvenStatement, StatementReader } from '@epione/protocol/verify'
import { BlockError } from '@epione/ledger/blocks'
import type { LedgerEvent } from '@epione/ledger/fabric'
import { readPayload, readSegments } from './ledger-events.ts'
import type { FastifyBaseLogger } from 'fastify'
import type { Endings } from '../proxy/endings.ts'
import type { Freezes } from '../proxy/freezes.ts'
import type { Prohibitions } from '../proxy/prohibitions.ts'
import type { ActorEnds } from '../proxy/actor-ends.ts'
import type { Suspensions } from '../proxy/suspensions.ts'
import { noteRecordVersion } from '../records/record-versions.ts'
import { deleteWrap, markWrapNamed } from '../records/wraps.ts'
import { followRegistration, followRewrap, placeOf } from '../search/follow-index.ts'
import { followSearchKeys } from '../search/search-keys.ts'
import { followSegment, followSegmentRewrap, readSegment } from '../streams/follow-segments.ts'
import { settleEscrows } from '../patients/escrow.ts'
import { noteSuspension } from '../staff/practitioners.ts'
import type { Projection } from './projection.ts'

interface Context {
  mspId: string
  reader: StatementReader
  endings: Endings
  prohibitions: Prohibitions
  suspensions: Suspensions
  freezes: Freezes
  actorEnds: ActorEnds
  log: FastifyBaseLogger
}

/** Events whose consequences the outbox carries out. */
export const ENDING_EVENTS: readonly string[] = [LEDGER_EVENTS.consentRevoked, LEDGER_EVENTS.patientSucceeded]

/**
 * What blocks say of statements has its consequences in the very transaction that moves the checkpoint past the block:
 * consents end, prohibitions are remembered, shares of a replaced issue and wraps out of force are deleted, contents and wraps that are
 * named now are kept. A block that carries anything else than the
 * statement which its event names changes nothing.
 */
export function followStatements (
  { mspId, reader, endings, prohibitions, suspensions, freezes, actorEnds, log }: Context
): Projection {
  const read = <T extends StatementType>(
    type: T,
    event: LedgerEvent
  ): ProvenStatement<T> => reader.readStored(type, readPayload(StoredStatement, event))
  const projections = new Map<string, Projection>(Object.entries({
    [LEDGER_EVENTS.consentRevoked]: (event) => {
      const { patientId, consentId } = read('Revocation', event).body
      return async (trx) => { await endings.remember({ patientId, consentId, cause: 'revoked' }, trx) }
    },
    [LEDGER_EVENTS.prohibitionMade]: (event) => {
      const stored = readPayload(StoredStatement, event)
      const { patientId } = reader.readStored('Prohibition', stored).body
      return async (trx) => { await prohibitions.remember(stored, patientId, trx) }
    },
    // Kfrags are kept before custody is confirmed: where they are missing now, the database was set back, or is another.
    [LEDGER_EVENTS.custodyConfirmed]: (event) => {
      const { mspId: confirmer, consentId } = read('CustodyConfirmation', event).body
      if (confirmer !== mspId) return undefined
      return async (trx) => {
        if (await endings.isHeldOrEnded(consentId, trx)) return
        log.error(
          { consentId },
          'the ledger shows kfrags in this proxy\'s custody that it does not have: unless the consent ended since, restore data/ from a ' +
            'backup, or let the patient grant it again'
        )
      }
    },
    [LEDGER_EVENTS.patientFrozen]: (event) => {
      const { id, body } = read('Freeze', event)
      return async (trx) => { await freezes.remember(body, id, trx) }
    },
    [LEDGER_EVENTS.patientUnfrozen]: (event) => {
      const { body } = read('Unfreeze', event)
      return async (trx) => { await freezes.forget(body, trx) }
    },
    [LEDGER_EVENTS.representationEnded]: (event) => {
      const { patientId, representationId, end } = readPayload(RepresentationEndEntry, event)
      const endedAt = 'inPerson' in end ? end.inPerson.time : end.statement.time
      return async (trx) => { await actorEnds.remember({ patientId, statementId: representationId, endedAt }, trx) }
    },
    [LEDGER_EVENTS.delegateChanged]: (event) => {
      const stored = readPayload(StoredStatement, event)
      const { patientId, ends } = reader.readStored('Delegate', stored).body
      if (ends === undefined) return undefined
      return async (trx) => { await actorEnds.remember({ patientId, statementId: ends, endedAt: stored.time }, trx) }
    },
    [LEDGER_EVENTS.patientSucceeded]: (event) => {
      const { patientId } = read('Succession', event).body
      return async (trx) => { await endings.rememberHandover(patientId, trx) }
    },
    [LEDGER_EVENTS.guardiansPublished]: (event) => {
      const { id, body } = read('Guardians', event)
      return async (trx) => { await settleEscrows(trx, body, id) }
    },
    [LEDGER_EVENTS.staffSuspended]: (event) => {
      const entry = readPayload(SuspensionEntry, event)
      return async (trx) => {
        await suspensions.remember(entry, trx)
        if (entry.mspId === mspId) await noteSuspension(trx, entry)
      }
    },
    [LEDGER_EVENTS.searchKeysPublished]: (event) => {
      const { id, body } = read('SearchKeys', event)
      return async (trx) => { await followSearchKeys(trx, id, body) }
    },
    // Whatever a record names is kept for good from now on, and counts for nobody.
    [LEDGER_EVENTS.recordRegistered]: (event, eventIndex) => {
      const state = readPayload(RecordState, event)
      const { body } = reader.readStored('RecordManifest', state.manifest)
      return async (trx) => {
        await noteRecordVersion(trx, state)
        if (hasContent(body)) {
          await trx.updateTable('contents').set({ named: 1 }).where('cid', '=', body.cid).execute()
          await markWrapNamed(trx, body.wrapHash, body)
        }
        await followRegistration(trx, placeOf(event, eventIndex), state.manifest, body)
      }
    },
    [LEDGER_EVENTS.segmentsRegistered]: (event) => {
      const states = readSegments(event)
      const segments = states.flatMap((state) => readSegment(state, reader.readStored('RecordManifest', state.manifest)) ?? [])
      return async (trx) => {
        for (const state of states) await noteRecordVersion(trx, state)
        for (const segment of segments) await followSegment(trx, segment)
      }
    },
    // Any author may have named a stranger's wrap: the one that was replaced goes where it lies here for this version.
    [LEDGER_EVENTS.recordRewrapped]: (event, eventIndex) => {
      const state = readPayload(RecordState, event)
      const { rewrap } = state
      if (rewrap === undefined) throw new BlockError('EVENT_MALFORMED', 'The record of the event was never rewrapped.')
      const { body } = reader.readStored('Rewrap', rewrap)
      reader.readStored('RecordManifest', state.manifest)
      return async (trx) => {
        await noteRecordVersion(trx, state)
        if (isOfWrap(body)) {
          await deleteWrap(trx, body.previousWrapHash, body)
          await markWrapNamed(trx, body.wrapHash, body)
        }
        if (body.segment !== undefined) await followSegmentRewrap(trx, { ...body, root: body.segment.root })
        await followRewrap(trx, placeOf(event, eventIndex), rewrap, body)
      }
    }
  } satisfies Partial<Record<LedgerEventName, Projection>>))
  return (event, eventIndex) => projections.get(event.name)?.(event, eventIndex)
}
