import { COMPARTMENTS_PER_SEARCH } from '@epione/protocol'
import type { AccessRequest } from '@epione/protocol'
import { readConsents, submitForEvent } from '../access/access.ts'
import type { AccessPermitted, Candidate } from '../access/access.ts'
import { readConsortium } from '../consents/consent.ts'
import { listConsenting } from '../consents/granted-consents.ts'
import { requirePurpose } from '../consents/purpose.ts'
import type { PractitionerContext } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import type { MadeStatement } from '../context/statements.ts'
import { ClientError } from '../errors.ts'
import { together } from '../gateways/together.ts'
import { readDirectory } from '../keys/directory.ts'
import { requireOwnBinding } from '../keys/practitioner.ts'
import { gatewayOf } from '../records/record-read.ts'
import type { KnownPermit } from './search-permit.ts'

type Compartments = NonNullable<AccessRequest['compartments']>

export interface SearchWanted { patientId: string, purpose: string, consentId?: string }

/** A permit to search, and what was proven before it was asked for. */
export interface PermittedSearch { readonly permitted: AccessPermitted, readonly known: KnownPermit }

/**
 * A request for each consent that it takes to search all that the patient opened to searches by this person or their department.
 * @throws {ClientError} ACCESS_DENIED, EVENT_INVALID
 */
export async function requestSearch (context: PractitionerContext, wanted: SearchWanted): Promise<PermittedSearch[]> {
  const permits: PermittedSearch[] = []
  for (const { made, proven } of await makeRequests(context, wanted)) {
    const { permitted, event } = await submitForEvent(context, made)
    if (proven === undefined) {
      const { info } = context.gateways.own
      throw new ClientError('EVENT_INVALID', `${info.mspId} permits to search by a consent that it does not list.`, {
        party: gatewayOf(info), eventId: event.eventId
      })
    }
    permits.push({ permitted, known: { event, body: made.body, ...proven } })
  }
  return permits
}

interface MadeRequest {
  made: MadeStatement<'AccessRequest'>
  /** Of the consent that it names, where one is listed. */
  proven: Omit<KnownPermit, 'event' | 'body'> | undefined
}

/** Patients who let this person, or their department, search: each search then proves it. */
export async function listSearchable (context: PractitionerContext): Promise<string[]> {
  return await listConsenting(context, 'search')
}

/** Without a fitting consent it still asks, for all compartments: the denial is then on the ledger. */
async function makeRequests (
  context: PractitionerContext, { patientId, purpose: code, consentId }: SearchWanted
): Promise<MadeRequest[]> {
  const purpose = requirePurpose(code)
  const [reading, judgedBy] = [readDirectory(context, patientId), readConsortium(context)]
  const [directory, consents, consortium] = await together(
    reading, readConsents(context, { patientId }, reading, judgedBy), judgedBy, requireOwnBinding(context)
  )
  const chosen = chooseConsents(consents, purpose, consentId)
  const asks = chosen.length > 0
    ? chosen
    : [{ consent: undefined, compartments: directory.newest.compartments.map(({ label, epoch }) => ({ label, epoch })) }]
  return asks.map(({ consent, compartments }) => ({
    made: makeStatement(context, 'AccessRequest', {
      requester: { ...context.person },
      patientId,
      ...(consent === undefined ? consentId === undefined ? {} : { consentId } : { consentId: consent.id }),
      compartments: compartments.slice(0, COMPARTMENTS_PER_SEARCH),
      action: 'search',
      purpose,
      receivingKey: consent?.grantee.kind === 'department'
        ? consent.grantee.receivingKey
        : context.keys.receiving(context.keyNumber).publicKey().toHex()
    }, [context.keys.requestSigning(context.keyNumber)]),
    proven: consent === undefined ? undefined : { directory, consortium, consent }
  }))
}

/** Active consents to search, the latest first, each with the compartments that none before it covers. */
export function chooseConsents<C extends Candidate> (
  consents: readonly C[], purpose: AccessRequest['purpose'], named?: string
): Array<{ consent: C, compartments: Compartments }> {
  const covered = new Set<string>()
  return consents
    .filter(({ id, body, status }) => named === undefined
      ? status === 'active' && body.actions.includes('search') && body.purposes.some((p) => p === purpose)
      : id === named)
    .sort((a, b) => b.body.issuedAt - a.body.issuedAt)
    .flatMap((consent) => {
      const compartments = consent.body.compartments
        .filter(({ label }) => !covered.has(label))
        .map(({ label, epoch }) => ({ label, epoch }))
      for (const { label } of compartments) covered.add(label)
      return compartments.length === 0 ? [] : [{ consent, compartments }]
    })
}
