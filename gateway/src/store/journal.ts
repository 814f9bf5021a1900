import type { TransactionJournal } from '@epione/ledger/fabric'
import type { Store } from './store.ts'

/** The journal of transactions in doubt, kept in the gateway's database. */
export function createStoreJournal ({ db, commits }: Pick<Store, 'db' | 'commits'>): TransactionJournal {
  return {
    add: ({ txId, transactionName, envelope, createdAt }) => commits.run(async (trx) => {
      await trx.insertInto('journal').values({ tx_id: txId, transaction_name: transactionName, envelope, created_at: createdAt }).execute()
    }),
    remove: (txId) => commits.run(async (trx) => {
      await trx.deleteFrom('journal').where('tx_id', '=', txId).execute()
    }),
    list: async (createdBefore) => {
      const rows = await db.selectFrom('journal').selectAll().where('created_at', '<', createdBefore).orderBy('created_at').execute()
      return rows.map((row) =>
        ({ txId: row.tx_id, transactionName: row.transaction_name, envelope: row.envelope, createdAt: row.created_at }))
    }
  }
}
