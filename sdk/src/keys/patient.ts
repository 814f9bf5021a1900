import { CATEGORIES, CATEGORY_NAMES } from '@epione/protocol'
import { LimitedKeys, patientIdOf, PublicKey, toHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { ClientContext, PatientContext, TokenContext } from '../context/context.ts'
import { activateDue } from './activation.ts'
import { findDirectory, readDirectory, categoryOfLabel } from './directory.ts'
import { ClientError } from '../errors.ts'
import { findOwnKeys } from './own-keys.ts'
import { makeStatement } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

/** The id that belongs to a phrase, for life. */
export function patientIdOfKeys (keys: KeyRing): string {
  return patientIdOf(keys.identity().publicKey())
}

export interface PatientRegistered extends Written { patientId: string, version: number, statementId: string }

/**
 * Signs a new patient's key directory, one compartment for each category of the consortium's list, and has the registration
 * desk (whose token `context` carries) put it on the ledger. A `custodian` (mspId) makes it provisional: that organisation keeps
 * the phrase until a `Succession` hands the records over.
 */
export async function registerPatient (
  context: TokenContext,
  keys: KeyRing,
  { custodian }: { custodian?: string } = {}
): Promise<Done<PatientRegistered>> {
  const patientId = patientIdOfKeys(keys)
  const { id, statement } = makeStatement(context, 'KeyDirectory', {
    patientId,
    version: 1,
    identityKey: keys.identity().publicKey().toHex(),
    kfragSigningKey: keys.kfragSigning().publicKey().toHex(),
    compartments: CATEGORY_NAMES.map((category) => ({
      label: toHex(keys.compartmentLabel(category)),
      level: CATEGORIES[category],
      epoch: 1,
      key: keys.compartment(category).publicKey().toHex()
    })).sort((a, b) => a.label < b.label ? -1 : 1),
    ...(custodian === undefined ? {} : { custodian })
  }, [keys.identity()])
  return submitThroughOwn(context, {
    statementId: id,
    send: async (gateway) => requireOwn(await gateway.publishFirstDirectory(statement, id, context.token.authorize), patientId, id),
    recover: (written) => ({ patientId, version: 1, statementId: id, ...written })
  })
}

function requireOwn (answer: PatientRegistered, patientId: string, statementId: string): PatientRegistered {
  if (answer.patientId === patientId && answer.statementId === statementId) return answer
  throw new ClientError('ECHO_MISMATCH', 'The gateway answers with another patient or statement than was sent.', {
    party: { kind: 'gateway' }
  })
}

/** What the ledger says of a phrase's directory, or `undefined`; refuses one that is not all of this phrase's keys. */
export async function findOwnDirectory (context: ClientContext, keys: KeyRing): Promise<VerifiedDirectory | undefined> {
  const directory = await findDirectory(context, patientIdOfKeys(keys))
  if (directory !== undefined) findOwnKeys(directory, keys)
  return directory
}

/**
 * The own directory as two organisations show it, every key compared with the phrase's; a change of the identity key that has waited is put
 * in force. @throws {ClientError} DIRECTORY_INVALID, IDENTITY_CHANGED
 */
export async function readOwnDirectory (context: PatientContext): Promise<VerifiedDirectory> {
  return requireOwnDirectory(context, await activateDue(context, await readDirectory(context, context.patientId)))
}

/** The same of a directory that was read with something else. @throws {ClientError} DIRECTORY_INVALID, IDENTITY_CHANGED */
export function requireOwnDirectory (context: PatientContext, directory: VerifiedDirectory): VerifiedDirectory {
  // A limited key has no other keys to compare, and opens nothing that would need them.
  if (context.keys instanceof LimitedKeys) return directory
  const { identity } = findOwnKeys(directory, context.keys)
  if (identity === (context.identityNumber ?? 1)) return directory
  throw new ClientError(
    'IDENTITY_CHANGED',
    'Another identity key of this phrase is in force now: run "epione patient activate", which takes it up.',
    { patientId: context.patientId, identityNumber: identity }
  )
}

export interface PatientKeys {
  patientId: string
  version: number
  identityKey: string
  fingerprint: string
  kfragSigningKey: string
  compartments: Array<{ category: string, level: string, epoch: number, label: string, key: string }>
}

/** A patient's public keys as they stand on the ledger, by category. */
export async function listPatientKeys (context: PatientContext): Promise<PatientKeys> {
  const { newest, identityKey } = await readOwnDirectory(context)
  return {
    patientId: context.patientId,
    version: newest.version,
    identityKey,
    fingerprint: PublicKey.fromHex(identityKey).fingerprint(),
    kfragSigningKey: newest.kfragSigningKey,
    compartments: newest.compartments.map((
      { label, level, epoch, key }
    ) => ({ category: categoryOfLabel(context.keys, label) ?? 'unknown', level, epoch, label, key }))
  }
}
