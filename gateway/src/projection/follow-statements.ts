import { LEDGER_EVENTS, SchemaMismatch } from '@epione/chaincode/model'
import type { LedgerEventName, StoredStatement } from '@epione/chaincode/model'
import type { FastifyBaseLogger } from 'fastify'
import type { Transaction } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { LedgerEvent } from '../fabric/ledger-connection.ts'
import type { Endings } from '../proxy/endings.ts'
import type { StatementReader } from '../proxy/statement-reader.ts'
import { deleteFormerEscrows } from '../recovery/escrow.ts'
import type { Tables } from '../store/tables.ts'
import { projectWrap } from './current-wraps.ts'

interface Context { reader: StatementReader, endings: Endings, log: FastifyBaseLogger }
type Work = (event: LedgerEvent, trx: Transaction<Tables>) => Promise<void>

/** Events whose consequences the outbox carries out. */
export const ENDING_EVENTS: readonly string[] = [LEDGER_EVENTS.consentRevoked, LEDGER_EVENTS.patientSucceeded]

/**
 * What blocks say of statements has its consequences in the very transaction that moves the checkpoint past the block:
 * consents end, shares of a replaced issue and wraps out of force are deleted. A block that carries anything else than the
 * statement which its event names is logged and passed over: it must not stop the projection.
 */
export function followStatements ({ reader, endings, log }: Context): Work {
  const works = new Map<string, Work>(Object.entries({
    [LEDGER_EVENTS.consentRevoked]: async ({ payload }, trx) => {
      const { patientId, consentId } = reader.readStored('Revocation', parseStored(payload)).body
      await endings.remember({ patientId, consentId, cause: 'revoked' }, trx)
    },
    [LEDGER_EVENTS.patientSucceeded]: async ({ payload }, trx) => {
      await endings.rememberHandover(reader.readStored('Succession', parseStored(payload)).body.patientId, trx)
    },
    [LEDGER_EVENTS.guardiansPublished]: async ({ payload }, trx) => {
      const { id, body } = reader.readStored('Guardians', parseStored(payload))
      await deleteFormerEscrows(trx, body, id)
    },
    [LEDGER_EVENTS.recordRegistered]: projectWrap,
    [LEDGER_EVENTS.recordRewrapped]: projectWrap
  } satisfies Partial<Record<LedgerEventName, Work>>))
  return async (event, trx) => {
    try {
      await works.get(event.name)?.(event, trx)
    } catch (error) {
      if (!(error instanceof GatewayError) && !(error instanceof SchemaMismatch)) throw error
      log.error({ err: error, event: event.name, txId: event.txId }, 'a block shows a statement that is none')
    }
  }
}

function parseStored (payload: Uint8Array): StoredStatement {
  return JSON.parse(new TextDecoder().decode(payload)) as StoredStatement
}
