import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'
import type { CheckedWindow } from './check-windows.ts'
import { findLast } from './windows.ts'

/** The place in a stream at which a device goes on: a number, and the window before it as far as that lies here. */
interface Place { number: number, before: string | undefined }

/**
 * The first of them follows the last that was acknowledged here, or that the ledger has, each other one the one before; or the device says
 * that it has none between. @throws {GatewayError} WINDOW_OUT_OF_ORDER with the number expected
 */
export async function requireNext (
  db: Kysely<Tables>, { stream, registered }: { stream: string, registered: number }, windows: readonly CheckedWindow[], gap: boolean
): Promise<void> {
  const last = await findLast(db, stream, registered)
  let place: Place = { number: (last?.number ?? registered) + 1, before: last?.id }
  let isOpen = gap
  for (const { id, body } of windows) {
    if (!isAt(body, place, isOpen)) throw outOfOrder(place)
    place = { number: body.number + 1, before: id }
    isOpen = false
  }
}

/** `isOpen`: the device has no window before this one that the gateway lacks. */
function isAt ({ number, previous }: CheckedWindow['body'], place: Place, isOpen: boolean): boolean {
  if (number < place.number) return false
  if (number === place.number) return place.before === undefined || previous === place.before
  // A device that lost windows goes on after the last that it knows, which the window names.
  return isOpen || (place.before !== undefined && previous === place.before)
}

function outOfOrder ({ number, before }: Place): GatewayError {
  return new GatewayError('WINDOW_OUT_OF_ORDER', `window ${String(number)} is expected here, after ${before ?? 'none that lies here'}`, {
    extensions: { expected: number, ...(before !== undefined && { previous: before }) }
  })
}
