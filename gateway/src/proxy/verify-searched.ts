import type { AccessEvent, AccessRequest, EventCompartment } from '@epione/protocol'
import { isLevelOf, requireSearchKey, verifySearchKeys } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../errors.ts'
import { judged, unproven } from '../judge.ts'
import type { PermitContext } from './permit-context.ts'

/**
 * The compartments of a search, each with the wrap of its search key that the patient signed, and that was the newest when it was
 * permitted and still is. None of a permit to read.
 * @throws {GatewayError} STATEMENT_UNPROVEN; WRAP_UNKNOWN when the patient raised the issue
 */
export async function verifySearched (
  { ledger, reader }: Pick<PermitContext, 'ledger' | 'reader'>,
  { eventId, patientId, compartments = [] }: AccessEvent,
  { compartments: asked = [] }: AccessRequest,
  directory: VerifiedDirectory
): Promise<readonly EventCompartment[]> {
  const named = compartments.map(({ label, epoch }) => ({ label, epoch }))
  if (!isDeepStrictEqual(named, asked.map(({ label, epoch }) => ({ label, epoch })))) {
    throw unproven('event.not-its-request', 'the event names other compartments than its signed request')
  }
  if (named.length === 0) return []
  const { items, statements } = await ledger.findSearchKeys(patientId, named)
  const keys = new Map(statements.map((stored) => [stored.id, judged(() => verifySearchKeys(stored, directory, reader))]))
  for (const compartment of compartments) {
    const { label, epoch, issue } = compartment
    const newest = items.find((item) => item.label === label && item.epoch === epoch)
    if (newest !== undefined && newest.issue > issue) {
      throw new GatewayError('WRAP_UNKNOWN', 'the patient raised the issue of a search key since the permit: send a new access request')
    }
    const published = keys.get(newest?.statementId ?? '')
    if (published === undefined) throw unproven('search.not-its-key', `event ${eventId} names a search key that no statement publishes`)
    judged(() => requireSearchKey(published, compartment))
    if (!isLevelOf(directory, compartment)) throw unproven('record.level', `the event gives compartment ${label} a level that its patient never did`)
  }
  return compartments
}
