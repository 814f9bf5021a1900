import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, KeyHex, PatientId } from '@epione/protocol'
import type { KeyRing } from '@epione/crypto'
import { networkIdHex } from '../context/context.ts'
import type { ClientContext } from '../context/context.ts'
import { parseJsonFile } from '../files/json-file.ts'

/** Whoever guards another person's phrase: any home with keys. */
export interface GuardianContext extends ClientContext { readonly keys: KeyRing }

/** The public keys that a guardian has for one patient alone, as the guardian hands them over in person. */
export const GuardianKey = Type.Object({
  type: Type.Literal('epione/guardian-key'),
  networkId: Hash,
  patientId: PatientId,
  signingKey: KeyHex,
  receivingKey: KeyHex
}, { additionalProperties: false })
export type GuardianKey = Static<typeof GuardianKey>

export function makeGuardianKey (context: GuardianContext, patientId: string): GuardianKey {
  const { signing, receiving } = context.keys.guardian(patientId)
  return {
    type: 'epione/guardian-key',
    networkId: networkIdHex(context),
    patientId,
    signingKey: signing.publicKey().toHex(),
    receivingKey: receiving.publicKey().toHex()
  }
}

/** @throws {ClientError} USAGE for a file that holds something else */
export function parseGuardianKey (text: string, path: string): GuardianKey {
  return parseJsonFile(GuardianKey, text, `${path} is not a guardian's key file: that is what "epione guardian key" writes.`)
}
