/** An endorsed and signed transaction on its way to the orderers: these very bytes may be submitted again, another proposal may not. */
export interface JournalEntry { txId: string, transactionName: string, envelope: Uint8Array, createdAt: number }

/** Durable list of transactions whose fate is not known. `add` returns once the entry is on disk. */
export interface TransactionJournal {
  add: (entry: JournalEntry) => Promise<void>
  remove: (txId: string) => Promise<void>
  /** Entries made before `createdBefore` (ms), oldest first. */
  list: (createdBefore: number) => Promise<JournalEntry[]>
}

/** For clients that may lose an unanswered transaction with their process: tests and one-shot commands. */
export function createMemoryJournal (): TransactionJournal {
  const entries = new Map<string, JournalEntry>()
  return {
    add: (entry) => {
      entries.set(entry.txId, entry)
      return Promise.resolve()
    },
    remove: (txId) => {
      entries.delete(txId)
      return Promise.resolve()
    },
    list: (createdBefore) => Promise.resolve([...entries.values()].filter((e) => e.createdAt < createdBefore))
  }
}
