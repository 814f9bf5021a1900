import { findBoundNumber, readSelf } from '@epione/sdk'
import type { BearerToken, PractitionerContext } from '@epione/sdk'
import type { Desk } from './desk.ts'
import { kept } from './kept.ts'

/** Who somebody is at their hospital, and which pair of keys they use: read once for a sign-in. */
type Own = Pick<PractitionerContext, 'person' | 'keyNumber'>
let read: { token: BearerToken, own: () => Promise<Own> } | undefined

/**
 * The practitioner of these keys, signed in at the own hospital.
 * @throws {PortalError} LOCKED, SIGNED_OUT @throws {ClientError} BINDING_FOREIGN when other keys are bound to whoever is signed in
 */
export async function practitionerOf (desk: Desk): Promise<PractitionerContext> {
  const keys = desk.keys()
  const { context } = await desk.network()
  const { token } = await desk.token()
  if (read?.token !== token) {
    read = {
      token,
      own: kept(async () => {
        const person = await readSelf(context, token)
        return { person, keyNumber: await findBoundNumber(context, person, keys) }
      })
    }
  }
  return { ...context, role: 'practitioner', keys, token, ...await read.own() }
}

/** After keys were bound or exchanged. */
export function forgetOwn (): void {
  read = undefined
}
