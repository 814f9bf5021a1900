import { isCategory, CATEGORY_NAMES } from '@epione/chaincode/model'
import type { Category, KeyDirectory } from '@epione/chaincode/model'
import { toHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import type { ClientContext } from './context.ts'
import { ClientError } from './errors.ts'
import { verifyDirectory } from './verify-directory.ts'
import type { VerifiedDirectory } from './verify-directory.ts'

export type Compartment = KeyDirectory['compartments'][number]

/** Reads a patient's directory through two organisations and verifies it. @throws {ClientError} NOT_FOUND, DIRECTORY_INVALID */
export async function readDirectory (context: ClientContext, patientId: string): Promise<VerifiedDirectory> {
  const found = await findDirectory(context, patientId)
  if (found === undefined) throw new ClientError('NOT_FOUND', `No key directory of patient ${patientId} is on the ledger.`, { patientId })
  return found
}

export async function findDirectory (context: ClientContext, patientId: string): Promise<VerifiedDirectory | undefined> {
  const directory = await context.gateways.askTwo(`key directory of patient ${patientId}`,
    (gateway) => gateway.getDirectory(patientId),
    ({ versions, pending, succession, predecessors = [] }) => [
      versions.map((v) => [v.id, v.statement.body]),
      pending === undefined ? [] : [pending.directory.id, pending.activeFrom, pending.stop !== undefined],
      succession?.id ?? '',
      predecessors.map((p) => p.id).sort()
    ])
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

/** The version of this number: a consent names the one from which its kfrags were made. */
export function versionOf (directory: VerifiedDirectory, version: number): KeyDirectory | undefined {
  return directory.versions[version - 1]?.body
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
