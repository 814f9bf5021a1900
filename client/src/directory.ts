import { isCategory, CATEGORY_NAMES } from '@epione/chaincode/model'
import type { Category, KeyDirectory, PatientDirectory } from '@epione/chaincode/model'
import { CryptoError, PublicKey, patientIdOf, toHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import type { ClientContext } from './context.ts'
import { ClientError, messageOf } from './errors.ts'
import { openStored, refuse } from './statements.ts'
import type { Blame } from './statements.ts'

export type Compartment = KeyDirectory['compartments'][number]

/** A patient's key directory, proven from `patientId` on; only `verifyDirectory` makes one. */
export interface VerifiedDirectory {
  readonly patientId: string
  readonly identityKey: string
  /** Oldest first. */
  readonly versions: ReadonlyArray<{ id: string, body: KeyDirectory }>
  readonly newest: KeyDirectory
}

/**
 * Checks patientId -> identity key -> every signed version of the directory (PROTOCOL §1), so that no gateway can slip in
 * a key of its own. @throws {ClientError} DIRECTORY_INVALID
 */
export function verifyDirectory (directory: PatientDirectory, patientId: string, networkId: Uint8Array): VerifiedDirectory {
  const blame: Blame = { code: 'DIRECTORY_INVALID', what: `The key directory shown for patient ${patientId}`, party: { kind: 'organizations' } }
  const versions: Array<{ id: string, body: KeyDirectory }> = []
  for (const stored of directory.versions) {
    const { id, body, signers } = openStored('KeyDirectory', stored, networkId, blame)
    const former = versions.at(-1)
    if (body.patientId !== patientId) refuse(blame, 'it is of another patient')
    if (body.version !== versions.length + 1 || body.previous !== former?.id) refuse(blame, `version ${body.version} does not follow the one before`)
    if (former !== undefined && body.identityKey !== former.body.identityKey) refuse(blame, 'the identity key was exchanged')
    if (!signers.includes(body.identityKey)) refuse(blame, 'it is not signed by the patient\'s identity key')
    checkKeys(body, blame)
    versions.push({ id, body })
  }
  const [first, newest] = [versions[0], versions.at(-1)]
  if (first === undefined || newest === undefined) return refuse(blame, 'it is empty')
  if (patientIdOf(PublicKey.fromHex(first.body.identityKey)) !== patientId) refuse(blame, 'its identity key does not belong to this patient id')
  return { patientId, identityKey: first.body.identityKey, versions, newest: newest.body }
}

function checkKeys ({ identityKey, kfragSigningKey, compartments }: KeyDirectory, blame: Blame): void {
  const keys = [identityKey, kfragSigningKey, ...compartments.map((c) => c.key)]
  if (new Set(keys).size !== keys.length) refuse(blame, 'two purposes share a key')
  try {
    keys.forEach((key) => PublicKey.fromHex(key))
  } catch (error) {
    if (error instanceof CryptoError) refuse(blame, messageOf(error), error)
    throw error
  }
}

/** Reads a patient's directory through two organisations and verifies it. @throws {ClientError} NOT_FOUND and as above */
export async function readDirectory (context: ClientContext, patientId: string): Promise<VerifiedDirectory> {
  const found = await findDirectory(context, patientId)
  if (found === undefined) throw new ClientError('NOT_FOUND', `No key directory of patient ${patientId} is on the ledger.`, { patientId })
  return found
}

export async function findDirectory (context: ClientContext, patientId: string): Promise<VerifiedDirectory | undefined> {
  const directory = await context.gateways.askTwo(`key directory of patient ${patientId}`,
    (gateway) => gateway.getDirectory(patientId),
    ({ versions }) => versions.map((v) => [v.id, v.statement.body]))
  return directory === undefined ? undefined : verifyDirectory(directory, patientId, context.networkId)
}

/** The newest key of a label: the one to write to. */
export function newestCompartment (directory: VerifiedDirectory, label: string): Compartment | undefined {
  return directory.newest.compartments.find((c) => c.label === label)
}

/** The key that a label had in one epoch, in whichever version that was. */
export function compartmentOfEpoch (directory: VerifiedDirectory, label: string, epoch: number): Compartment | undefined {
  return directory.versions.flatMap((v) => v.body.compartments).find((c) => c.label === label && c.epoch === epoch)
}

/** The version in force when the patient signed something at `issuedAt`, which says under which kfrag-signing key. */
export function versionAt (directory: VerifiedDirectory, issuedAt: number): KeyDirectory | undefined {
  return directory.versions.findLast((v) => v.body.issuedAt <= issuedAt)?.body
}

/** The patient's own way back from a label to its category. */
export function categoryOfLabel (keys: KeyRing, label: string): Category | undefined {
  return CATEGORY_NAMES.find((category) => toHex(keys.compartmentLabel(category)) === label)
}

/** @throws {ClientError} CATEGORY_UNKNOWN */
export function requireCategory (name: string): Category {
  if (isCategory(name)) return name
  throw new ClientError('CATEGORY_UNKNOWN', `There is no category "${name}". Categories: ${CATEGORY_NAMES.join(', ')}.`, { categories: CATEGORY_NAMES })
}
