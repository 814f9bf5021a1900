import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'
import type { CheckedWindow } from './check-windows.ts'
import { findHead, findTip } from './windows.ts'

/** The place in a stream at which a device goes on: a number, and the window before it as far as that lies here. */
interface Place { number: number, before: string | undefined }

/**
 * The first of them follows the last that was acknowledged here, or that the ledger has, each other one the one before; or the device says
 * that it has none between. @throws {GatewayError} WINDOW_OUT_OF_ORDER with the number expected
 */
export async function requireNext (db: Kysely<Tables>, stream: string, windows: readonly CheckedWindow[], gap: boolean): Promise<void> {
  let [place, isOpen] = [await findPlace(db, stream), gap]
  for (const { id, body } of windows) {
    if (!isAt(body, place, isOpen)) throw outOfOrder(place)
    place = { number: body.number + 1, before: id }
    isOpen = false
  }
}

async function findPlace (db: Kysely<Tables>, stream: string): Promise<Place> {
  const registered = (await findHead(db, stream))?.last_number ?? 0
  const tip = await findTip(db, stream, registered)
  return { number: (tip?.last ?? registered) + 1, before: tip?.windowId }
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
