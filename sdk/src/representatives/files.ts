import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, Hex, SignedStatement } from '@epione/protocol'
import { openStatement } from '@epione/protocol/verify'
import type { ProvenStatement } from '@epione/protocol/verify'
import { toHex } from '@epione/crypto'
import type { ClientContext } from '../context/context.ts'
import { networkIdHex } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import { ClientError } from '../errors.ts'
import { parseJsonFile } from '../files/json-file.ts'

const strict = { additionalProperties: false }
/** How patient and representative call each other: in files and homes alone, never on the ledger. */
const Name = Type.String({ minLength: 1, maxLength: 100 })

/** What a representative brings to the patient: the statement with their own signature. */
export const RepresentationOffer = Type.Object({
  type: Type.Literal('epione/representation-offer'),
  networkId: Hash,
  name: Name,
  statement: Type.Unsafe<SignedStatement>(SignedStatement)
}, strict)
export type RepresentationOffer = Static<typeof RepresentationOffer>

const SEALED_MAX = 400_000

/** What the patient gives back: both signatures for the registration desk, and what acting needs, sealed to the representative. */
export const RepresentationFile = Type.Object({
  type: Type.Literal('epione/representation'),
  networkId: Hash,
  name: Name,
  statement: Type.Unsafe<SignedStatement>(SignedStatement),
  sealed: Type.String({ pattern: '^(?:[0-9a-f]{2})+$', maxLength: SEALED_MAX })
}, strict)
export type RepresentationFile = Static<typeof RepresentationFile>

/** What is sealed: the keys that there are, and nothing that makes later ones. */
export const SealedActingKeys = Type.Object({
  kfragSigning: Hex(32),
  compartments: Type.Array(Type.Object({
    category: Type.String({ minLength: 1, maxLength: 64 }),
    salt: Hex(32),
    keys: Type.Array(Type.Object({ epoch: Type.Integer({ minimum: 1 }), secret: Hex(32) }, strict), { minItems: 1, maxItems: 128 })
  }, strict), { minItems: 1, maxItems: 128 })
}, strict)
export type SealedActingKeys = Static<typeof SealedActingKeys>

/** @throws {ClientError} USAGE */
export function parseOffer (context: ClientContext, text: string): RepresentationOffer {
  return ofThisNetwork(context, parseJsonFile(RepresentationOffer, text, 'The file is no offer: that is what "epione representative offer" writes.'))
}

/** @throws {ClientError} USAGE */
export function parseRepresentation (context: ClientContext, text: string): RepresentationFile {
  return ofThisNetwork(
    context,
    parseJsonFile(RepresentationFile, text, 'The file is no representation: that is what "epione representative name" writes.')
  )
}

/** The statement in such a file, with whoever signed it. @throws {ClientError} USAGE */
export function openRepresentation (
  { networkId }: ClientContext, { statement }: { statement: SignedStatement }
): ProvenStatement<'Representation'> {
  return judgedWith({ code: 'USAGE', what: 'The representation in the file', party: { kind: 'patient' } }, () =>
    openStatement('Representation', statement, networkId))
}

function ofThisNetwork<F extends { networkId: string }> (context: ClientContext, file: F): F {
  if (file.networkId === networkIdHex(context)) return file
  throw new ClientError('NETWORK_MISMATCH', `The file is of network ${file.networkId}, this home of ${toHex(context.networkId)}.`)
}
