import { isCategory, CATEGORY_NAMES } from '@epione/protocol'
import type { Category, PatientDirectory } from '@epione/protocol'
import { StatementReader, verifyDirectory } from '@epione/protocol/verify'
import type { Compartment, VerifiedDirectory } from '@epione/protocol/verify'
import { toHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { judged } from '../context/judge.ts'

/** Reads a patient's directory through two organisations and verifies it. @throws {ClientError} NOT_FOUND, DIRECTORY_INVALID */
export async function readDirectory (context: ClientContext, patientId: string): Promise<VerifiedDirectory> {
  return proveDirectory(await readShownDirectory(context, patientId), patientId, context.networkId)
}

/** The same, `undefined` when none is on the ledger. @throws {ClientError} DIRECTORY_INVALID */
export async function findDirectory (context: ClientContext, patientId: string): Promise<VerifiedDirectory | undefined> {
  const shown = await findShown(context, patientId)
  return shown === undefined ? undefined : proveDirectory(shown, patientId, context.networkId)
}

/** Proves a directory from the patient id on. @throws {ClientError} DIRECTORY_INVALID */
export function proveDirectory (shown: PatientDirectory, patientId: string, networkId: Uint8Array): VerifiedDirectory {
  return judged({ kind: 'organizations' }, () => verifyDirectory(shown, patientId, new StatementReader(networkId)))
}

/** What two organisations show of a directory, not yet proven. @throws {ClientError} NOT_FOUND */
export async function readShownDirectory (context: ClientContext, patientId: string): Promise<PatientDirectory> {
  const shown = await findShown(context, patientId)
  if (shown === undefined) throw new ClientError('NOT_FOUND', `No key directory of patient ${patientId} is on the ledger.`, { patientId })
  return shown
}

async function findShown (context: ClientContext, patientId: string): Promise<PatientDirectory | undefined> {
  return await context.gateways.askTwo(`key directory of patient ${patientId}`,
    (gateway) => gateway.getDirectory(patientId),
    ({ versions, pending, succession, predecessors = [], representations = [] }) => [
      versions.map((v) => [v.id, v.statement.body]),
      pending === undefined ? [] : [pending.directory.id, pending.activeFrom, pending.stop !== undefined],
      succession?.id ?? '',
      predecessors.map((p) => p.id).sort(),
      representations.map(({ representation, end }) => [representation.id, end !== undefined])
    ])
}

/** The newest key of a label: the one to write to. */
export function newestCompartment (directory: VerifiedDirectory, label: string): Compartment | undefined {
  return directory.newest.compartments.find((c) => c.label === label)
}

/** The patient's own way back from a label to its category. */
export function categoryOfLabel (keys: KeyRing, label: string): Category | undefined {
  return CATEGORY_NAMES.find((category) => toHex(keys.compartmentLabel(category)) === label)
}

/** @throws {ClientError} CATEGORY_UNKNOWN */
export function requireCategory (name: string): Category {
  if (isCategory(name)) return name
  throw new ClientError('CATEGORY_UNKNOWN', `There is no category "${name}". Categories: ${CATEGORY_NAMES.join(', ')}.`, {
    categories: CATEGORY_NAMES
  })
}
