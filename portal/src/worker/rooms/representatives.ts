import { ClientError, endRepresentation, listRepresentatives } from '@epione/sdk'
import type { RepresentativeShown } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Proposal } from '../proposal.ts'

/** Who acts or acted for the person, each with the consents of theirs that still stand. */
export async function readRepresentatives (desk: Desk): Promise<RepresentativeShown[]> {
  return await listRepresentatives(await desk.patient())
}

/** Ends a representation. @throws {ClientError} NOT_FOUND */
export async function end (desk: Desk, { representationId }: { representationId: string }): Promise<Proposal<unknown>> {
  const context = await desk.patient()
  const named = (await listRepresentatives(context)).find((one) => one.representationId === representationId && one.state === 'in force')
  if (named === undefined) throw new ClientError('NOT_FOUND', 'This representation is not in force.')
  const { relation, since, notAfter, consents } = named
  return {
    says: {
      title: 'represent.confirm',
      lines: [
        { label: 'represent.relation', value: relation, kind: 'text' },
        { label: 'represent.since', value: String(since), kind: 'time' },
        { label: 'consent.until', value: String(notAfter), kind: 'time' },
        { label: 'represent.consents', value: String(consents.length), kind: 'number' },
        { label: 'represent.id', value: representationId, kind: 'code' }
      ],
      warnings: ['represent.means']
    },
    carry: () => endRepresentation(context, representationId)
  }
}
