import { Place } from '@epione/crypto'

const NETWORK = new Uint8Array(32).fill(9)
const record = { kind: 'record', recordId: 'ab'.repeat(16), version: 1, author: { kind: 'patient' } } as const

/** The place of wraps in tests that ask for no other. */
export const PLACE = Place.of(NETWORK, record)
/** The next version of the same record. */
export const OTHER_PLACE = Place.of(NETWORK, { ...record, version: 2 })
