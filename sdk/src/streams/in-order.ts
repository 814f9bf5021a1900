import type { Window } from '@epione/protocol'
import { requireFollows } from '@epione/protocol/verify'
import type { LastWindow, MissingWindows, VerifiedDevice } from '@epione/protocol/verify'
import { judgedWith } from '../context/judge.ts'

/**
 * That a proven window follows the one before it, as their device signed both; which numbers are missing in between.
 * @throws {ClientError} SEALED_WRONGLY for a device whose windows do not follow each other
 */
export function requireInOrder (
  device: VerifiedDevice, last: LastWindow, window: Pick<Window, 'stream' | 'number' | 'previous'>
): MissingWindows | undefined {
  const party = { kind: 'author' as const, deviceId: device.id }
  return judgedWith({ code: 'SEALED_WRONGLY', what: `Stream ${window.stream} as its device signed it`, party }, () => requireFollows(last, window))
}
