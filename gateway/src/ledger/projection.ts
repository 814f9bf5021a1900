import type { Transaction } from 'kysely'
import type { LedgerEvent } from '@epione/ledger/fabric'
import type { Tables } from '../store/tables.ts'

/** What an event changes in the store. Whatever it throws is the store's failure: the block is tried again. */
export type Write = (trx: Transaction<Tables>) => Promise<void>

/**
 * Reads an event and tells what it changes; undefined for one that is none of its business. What it throws is the event's
 * fault: a majority may endorse anything, so such an event changes nothing and stops nothing. It asks nobody and is pure.
 */
export type Projection = (event: LedgerEvent, eventIndex: number) => Write | undefined

/**
 * What events of a block change, in their order. What a projection cannot read changes nothing: `onFault` is told, once of each event.
 */
export function writesOf (
  events: readonly LedgerEvent[],
  projections: readonly Projection[],
  onFault: (error: unknown, event: LedgerEvent, eventIndex: number) => void
): Write[] {
  return events.flatMap((event, eventIndex) => {
    let isTold = false
    return projections.flatMap((projection) => {
      try {
        return projection(event, eventIndex) ?? []
      } catch (error) {
        if (!isTold) onFault(error, event, eventIndex)
        isTold = true
        return []
      }
    })
  })
}
