import type { KeyRing } from '@epione/crypto'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { findOwnKeys } from './own-keys.ts'
import { findOwnDirectory, patientIdOfKeys } from './patient.ts'

/** The context of a phrase whose directory is on the ledger: its key numbers are found by trying. `undefined` when it is not registered. */
export async function findPatient (context: ClientContext, keys: KeyRing): Promise<PatientContext | undefined> {
  const directory = await findOwnDirectory(context, keys)
  return directory === undefined
    ? undefined
    : { ...context, role: 'patient', patientId: patientIdOfKeys(keys), keys, identityNumber: findOwnKeys(directory, keys).identity }
}
