import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import { practitionerOf } from '../http/caller.ts'
import type { VerifiedPermit } from '../proxy/verify-permit.ts'
import { requireOwnerOrHeir } from '../records/read-grounds.ts'

/** What of a compartment a caller may have: all epochs, or those that a permit names. */
export interface SearchGrounds { isOpen: (epoch: number) => boolean, isPatient: boolean, event?: string }

/** The compartment that is asked for. */
export interface AskedCompartment { patientId: string, label: string, event: string | undefined }

/**
 * Lets pass the patient and their heir, and a practitioner under a live permit of their own to search the compartment, proven each time
 * as for a cfrag: whatever ends it ends it at once. @throws {GatewayError} NOT_PERMITTED, EVENT_OF_ANOTHER, and what `verifyPermit` throws
 */
export async function requireSearchable (
  app: FastifyInstance,
  request: FastifyRequest,
  { patientId, label, event }: AskedCompartment
): Promise<SearchGrounds> {
  if (request.caller?.kind === 'patient') {
    await requireOwnerOrHeir(app, request.caller.patientId, patientId)
    return { isOpen: () => true, isPatient: true }
  }
  if (event === undefined) throw new GatewayError('NOT_PERMITTED', 'name the access event that permits to search it: ?event=')
  const permit = await requireOwnSearch(app, request, event)
  if (permit.event.patientId !== patientId) throw new GatewayError('NOT_PERMITTED', 'the access event is about another patient')
  return { isOpen: requireNamed(permit, label), isPatient: false, event }
}

/**
 * The caller's own live permit to search. @throws {GatewayError} EVENT_OF_ANOTHER, NOT_PERMITTED for a permit to read, and what
 * `verifyPermit` throws
 */
export async function requireOwnSearch (app: FastifyInstance, request: FastifyRequest, eventId: string): Promise<VerifiedPermit> {
  const { mspId, staffId } = practitionerOf(request)
  const permit = await app.proxy.provePermit(eventId, mspId)
  const { actor, action } = permit.event
  if (actor.staffId !== staffId) throw new GatewayError('EVENT_OF_ANOTHER', 'the access event is another person\'s')
  if (action !== 'search') throw new GatewayError('NOT_PERMITTED', 'the access event permits to read records, not to search')
  return permit
}

/** Which epochs of the compartment a permit names. @throws {GatewayError} NOT_PERMITTED when it names none */
export function requireNamed ({ compartments }: Pick<VerifiedPermit, 'compartments'>, label: string): (epoch: number) => boolean {
  const epochs = new Set(compartments.filter((c) => c.label === label).map(({ epoch }) => epoch))
  if (epochs.size === 0) throw new GatewayError('NOT_PERMITTED', 'the access event does not name this compartment')
  return (epoch) => epochs.has(epoch)
}
