import type { TransactionJournal } from '@epione/ledger/fabric'
import { TRANSACTIONS } from '@epione/protocol'
import type { FastifyBaseLogger } from 'fastify'
import { isStorageFailure } from './room.ts'
import type { Store } from './store.ts'

/** What stops or ends something: it goes to the ledger also where nothing can be kept here. */
const STOPPING: readonly string[] = [
  TRANSACTIONS.consentsRevoke, TRANSACTIONS.consentsForbid, TRANSACTIONS.consentsConfirmDestruction,
  TRANSACTIONS.recordsErase, TRANSACTIONS.recordsWithdraw, TRANSACTIONS.recordsConfirmDestruction, TRANSACTIONS.devicesEnd,
  TRANSACTIONS.recoveryFreeze, TRANSACTIONS.recoveryStop, TRANSACTIONS.recoveryStopInPerson,
  TRANSACTIONS.directorySuspend, TRANSACTIONS.directorySuspendStaff, TRANSACTIONS.directoryDelegate,
  TRANSACTIONS.directoryEndRepresentation, TRANSACTIONS.directoryEndRepresentationInPerson
]

/**
 * The journal of transactions in doubt, kept in the gateway's database. Nothing is submitted that is not in it, but for what stops
 * something while disk or database keep nothing: its caller sends it again where no answer came (decision 0826).
 */
export function createStoreJournal ({ db, commits }: Pick<Store, 'db' | 'commits'>, log: Pick<FastifyBaseLogger, 'error'>): TransactionJournal {
  return {
    add: async ({ txId, transactionName, envelope, createdAt }) => {
      try {
        await commits.run(async (trx) => {
          await trx.insertInto('journal').values({ tx_id: txId, transaction_name: transactionName, envelope, created_at: createdAt }).execute()
        })
      } catch (error) {
        if (!STOPPING.includes(transactionName) || !isStorageFailure(error)) throw error
        log.error({ err: error, txId, transactionName }, 'what stops something is submitted though it cannot be kept until its fate is known')
      }
    },
    remove: async (txId) => {
      try {
        await commits.run(async (trx) => {
          await trx.deleteFrom('journal').where('tx_id', '=', txId).execute()
        })
      } catch (error) {
        // It is on the ledger, and that is the answer; submitted once more, it is known there and forgotten here.
        if (!isStorageFailure(error)) throw error
        log.error({ err: error, txId }, 'a transaction whose fate is known could not be taken out of the journal yet')
      }
    },
    list: async (createdBefore) => {
      const rows = await db.selectFrom('journal').selectAll().where('created_at', '<', createdBefore).orderBy('created_at').execute()
      return rows.map((row) =>
        ({ txId: row.tx_id, transactionName: row.transaction_name, envelope: row.envelope, createdAt: row.created_at }))
    }
  }
}
