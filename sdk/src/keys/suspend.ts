import type { SuspensionEntry } from '@epione/protocol'
import type { PersonId } from '@epione/protocol/verify'
import type { PractitionerContext, TokenContext } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

/** What ends, and why. */
export type SuspensionOf = Pick<SuspensionEntry, 'target' | 'cause'>

export interface SuspendResult extends Written, PersonId, SuspensionOf { statementId: string }

/** Ends the practitioner themself, a certificate or a key of theirs, for good, through any hospital; the request key in use signs. */
export async function suspendSelf (context: PractitionerContext, { target, cause }: SuspensionOf): Promise<Done<SuspendResult>> {
  const { person, keys, keyNumber } = context
  const { id, statement } = makeStatement(context, 'Suspension', { ...person, target, cause }, [keys.requestSigning(keyNumber)])
  const own = { ...person, target, cause, statementId: id }
  return await submitAnywhere(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.suspendSelf(person, statement), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** Whoever enrols a hospital's staff ends a member of it; no key of that person is involved. */
export async function suspendStaff (
  context: TokenContext,
  staffId: string,
  said: SuspensionOf
): Promise<PersonId & SuspensionOf & Written> {
  const { own } = context.gateways
  return await own.suspendStaff({ mspId: own.info.mspId, staffId }, said, context.token.authorize)
}
