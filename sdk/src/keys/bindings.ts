import { findSuspension, StatementReader, verifyBinding } from '@epione/protocol/verify'
import type { PersonId, VerifiedBinding } from '@epione/protocol/verify'
import type { BindingHistory } from '@epione/protocol'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { judged } from '../context/judge.ts'

/**
 * Reads a person's bindings through two organisations and verifies them. `undefined` when none is on the ledger. @throws {ClientError}
 * BINDING_INVALID
 */
export async function findBinding (context: ClientContext, person: PersonId): Promise<VerifiedBinding | undefined> {
  const history = await findHistory(context, person)
  return history === undefined
    ? undefined
    : judged({ kind: 'organizations' }, () => verifyBinding(history, person, new StatementReader(context.networkId)))
}

/** The keys of a person who may receive. @throws {ClientError} NOT_FOUND, BINDING_INVALID, SUSPENDED */
export async function readBinding (context: ClientContext, person: PersonId): Promise<VerifiedBinding> {
  const binding = await findBinding(context, person) ?? refuseUnbound(person)
  const { newest: { requestKey, receivingKey } } = binding
  const suspension = findSuspension(binding, [requestKey, receivingKey])
  if (suspension === undefined) return binding
  const who = suspension.target.kind === 'person' ? 'is' : 'has keys that are'
  throw new ClientError(
    'SUSPENDED',
    `${person.mspId}/${person.staffId} ${who} suspended since ${new Date(suspension.time).toISOString()} (${suspension.cause}): ` +
      'ask the hospital who is there in their place.',
    { ...person, cause: suspension.cause }
  )
}

/** What two organisations show of a person's bindings, not yet proven. @throws {ClientError} NOT_FOUND */
export async function readHistory (context: ClientContext, person: PersonId): Promise<BindingHistory> {
  return await findHistory(context, person) ?? refuseUnbound(person)
}

async function findHistory (context: ClientContext, person: PersonId): Promise<BindingHistory | undefined> {
  return await context.gateways.askTwo(`key binding of ${person.mspId}/${person.staffId}`,
    (gateway) => gateway.getBinding(person),
    ({ versions, suspensions = [] }) => [
      versions.map((v) => [v.id, v.statement.body]),
      // What a registrar said nobody signed.
      suspensions.map(({ txId, target, cause, time }) => [txId, target, cause, time])
    ])
}

function refuseUnbound (person: PersonId): never {
  throw new ClientError(
    'NOT_FOUND',
    `${person.mspId}/${person.staffId} has bound no keys; that person runs "epione practitioner bind" first.`,
    { ...person }
  )
}
