export { LedgerClient } from './ledger-client.ts'
export type { EventRequest, GranteeRequest, PageRequest, Submitted } from './ledger-client.ts'
export { ReadConflict } from './port.ts'
export type { Committed, LedgerPort } from './port.ts'
