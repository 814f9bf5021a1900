import { CryptoError, fromHex, openEnvelope, PublicKey } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import type { Consent } from '@epione/protocol'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'

/** The secret key to which answers under a consent go: the practitioner's own, or that of their department. */
export async function receiverOf (context: PractitionerContext, { grantee }: Pick<Consent, 'grantee'>): Promise<SecretKey> {
  if (grantee.kind === 'practitioner') return context.keys.receiving(context.keyNumber)
  if (grantee.mspId !== context.person.mspId) {
    throw new ClientError('CONSENT_INVALID', `The consent is to ${grantee.mspId}.`, { party: { kind: 'gateway' } })
  }
  if (grantee.kind === 'department') return await openDepartmentKey(context, grantee.department, grantee.receivingKey)
  // The emergency key of a hospital is that of a department, whose members break the glass.
  const department = await readOwnDepartment(context)
  if (department !== undefined) return await openDepartmentKey(context, department, grantee.receivingKey)
  throw new ClientError('NOT_FOUND', `You are of no department of ${grantee.mspId}: its emergency key is a department's.`)
}

/** As of which the hospital certifies the caller, by its word; undefined for somebody of none. */
export async function readOwnDepartment ({ gateways, token }: PractitionerContext): Promise<string | undefined> {
  return (await gateways.own.getSelf(token.authorize)).department
}

/**
 * The secret of a department's key, present or former, from the own envelopes, which the hospital keeps. Only a secret of this very key
 * passes.
 * @throws {ClientError} ENVELOPE_INVALID; REFUSED for whoever is no member
 */
export async function openDepartmentKey (context: PractitionerContext, department: string, receivingKey: string): Promise<SecretKey> {
  const { gateways: { own }, token, keys, keyNumber, person } = context
  const { sealed, former } = await own.departments.getEnvelope(department, token.authorize)
  const key = PublicKey.fromHex(receivingKey)
  for (const envelope of [sealed, ...former]) {
    // Sealed to the envelope key that was bound then: a rotation of the own keys since does not matter.
    for (let number = keyNumber; number >= 1; number -= 1) {
      try {
        return openEnvelope(keys.envelope(number), fromHex(envelope), key, { ...person, department })
      } catch (error) {
        if (!(error instanceof CryptoError) || error.code !== 'SEALED_INVALID') throw error
      }
    }
  }
  throw new ClientError(
    'ENVELOPE_INVALID',
    `What ${person.mspId} hands out as your envelope of ${department} does not open with your keys to the key that is asked for: the department has another one by now (then the patient grants anew), or another member seals it to you again ("epione department rotate").`,
    { party: { kind: 'gateway', mspId: person.mspId }, department }
  )
}
