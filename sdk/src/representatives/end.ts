import { identityKeyOf } from '../context/context.ts'
import type { PatientContext, TokenContext } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

export interface RepresentationEnded extends Written { patientId: string, representationId: string }

/** Ends a representation, as the patient or as the representative: their key signs nothing for the patient after the end's block. */
export async function endRepresentation (
  context: PatientContext, representationId: string
): Promise<Done<RepresentationEnded>> {
  const { patientId } = context
  const { id, statement } = makeStatement(context, 'RepresentationEnd', { patientId, representationId }, [identityKeyOf(context)])
  const own = { patientId, representationId, statementId: id }
  return submitAnywhere<RepresentationEnded>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.endRepresentation(patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** The same by the registration desk that confirmed it, before which somebody appeared. */
export async function endRepresentationInPerson (
  context: TokenContext, patientId: string, representationId: string
): Promise<RepresentationEnded> {
  const ended = await context.gateways.own.lifetime.endRepresentationInPerson(patientId, representationId, context.token.authorize)
  return { ...ended, patientId, representationId }
}
