import { findSigner } from '@epione/chaincode/model'
import type { BindingHistory, KeyBinding } from '@epione/chaincode/model'
import { CryptoError, PublicKey } from '@epione/crypto'
import type { ClientContext } from './context.ts'
import { ClientError, messageOf } from './errors.ts'
import { openStored, refuse } from './statements.ts'
import type { Blame } from './statements.ts'

/** A practitioner's keys as bound on the ledger, each version signed with the keys it names. */
export interface VerifiedBinding {
  readonly mspId: string
  readonly staffId: string
  /** Oldest first. */
  readonly versions: ReadonlyArray<{ id: string, body: KeyBinding, /** Since when (ms) it counts, by the ledger. */ time: number }>
  readonly newest: KeyBinding
  readonly receivingKey: PublicKey
}

export interface PersonId { mspId: string, staffId: string }

/**
 * Checks that each binding is signed by both keys it names and, from the second on, by the request key before. The first
 * one trusts the hospital (PROTOCOL §1): hence fingerprints. @throws {ClientError} BINDING_INVALID
 */
export function verifyBinding (history: BindingHistory, person: PersonId, networkId: Uint8Array): VerifiedBinding {
  const { mspId, staffId } = person
  const blame: Blame = { code: 'BINDING_INVALID', what: `The key binding shown for ${mspId}/${staffId}`, party: { kind: 'organizations' } }
  const versions: Array<VerifiedBinding['versions'][number]> = []
  for (const stored of history.versions) {
    const { id, body, signers } = openStored('KeyBinding', stored, networkId, blame)
    const former = versions.at(-1)?.body
    if (body.mspId !== mspId || body.staffId !== staffId) refuse(blame, 'it is of another person')
    if (body.version !== versions.length + 1) refuse(blame, `version ${body.version} does not follow the one before`)
    if (body.requestKey === body.receivingKey) refuse(blame, `version ${body.version} names one key for two uses`)
    const needed = [body.requestKey, body.receivingKey, ...(former === undefined ? [] : [former.requestKey])]
    if (needed.some((key) => !signers.includes(key))) refuse(blame, `version ${body.version} lacks a signature of the keys it names`)
    versions.push({ id, body, time: stored.time })
  }
  const newest = versions.at(-1)?.body ?? refuse(blame, 'it is empty')
  return { mspId, staffId, versions, newest, receivingKey: parseKey(newest.receivingKey, blame) }
}

function parseKey (hex: string, blame: Blame): PublicKey {
  try {
    return PublicKey.fromHex(hex)
  } catch (error) {
    if (error instanceof CryptoError) refuse(blame, messageOf(error), error)
    throw error
  }
}

/** Reads a person's bindings through two organisations and verifies them. `undefined` when none is on the ledger. */
export async function findBinding (context: ClientContext, person: PersonId): Promise<VerifiedBinding | undefined> {
  const history = await context.gateways.askTwo(`key binding of ${person.mspId}/${person.staffId}`,
    (gateway) => gateway.getBinding(person),
    ({ versions }) => versions.map((v) => [v.id, v.statement.body]))
  return history === undefined ? undefined : verifyBinding(history, person, context.networkId)
}

/** As `findBinding`. @throws {ClientError} NOT_FOUND */
export async function readBinding (context: ClientContext, person: PersonId): Promise<VerifiedBinding> {
  const found = await findBinding(context, person)
  if (found === undefined) throw new ClientError('NOT_FOUND', `${person.mspId}/${person.staffId} has bound no keys; that person runs "epione practitioner bind" first.`, { ...person })
  return found
}

/** The request-signing key in force when the ledger accepted a statement (`time`, ms) that is among its signers. */
export function practitionerSigner ({ versions }: Pick<VerifiedBinding, 'versions'>, signers: readonly string[], time: number): string | undefined {
  return findSigner(versions.map(({ body, time: since }) => ({ key: body.requestKey, since })), signers, time)
}
