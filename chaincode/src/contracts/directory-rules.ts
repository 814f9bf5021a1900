import { PublicKey, patientIdOf } from '@epione/crypto'
import { LedgerError } from '../errors.ts'
import { DIRECTORY_BYTES_MAX, VERSIONS_MAX, findKeyFault } from '../model/index.ts'
import type { KeyDirectory } from '../model/index.ts'
import type { DirectoryHead } from './stored.ts'

type Compartment = KeyDirectory['compartments'][number]

/** Rules that every version keeps: valid points, and no two labels or keys alike. */
export function checkDirectoryKeys (directory: KeyDirectory): void {
  const fault = findKeyFault(directory)
  if (fault !== undefined) throw new LedgerError('STATEMENT_INVALID', `Give each compartment, once, and each purpose a key of its own: ${fault}.`)
}

/** A first version, from a registration desk of `mspId`: it starts the patient, whose id is a hash of its identity key. */
export function checkFirstDirectory ({ patientId, identityKey, previous, version, compartments, custodian }: KeyDirectory, mspId: string): void {
  if (version !== 1 || previous !== undefined) throw new LedgerError('DIRECTORY_CONFLICT', 'Begin a directory with version 1, which has no previous one.')
  if (patientIdOf(parseKey(identityKey)) !== patientId) throw new LedgerError('PATIENT_ID_MISMATCH', 'The patient id is not that of this identity key.')
  if (custodian !== undefined && custodian !== mspId) throw new LedgerError('STATEMENT_INVALID', `Name the organisation that registers the patient as custodian: ${mspId}.`)
  if (compartments.some((c) => c.epoch !== 1)) throw new LedgerError('STATEMENT_INVALID', 'Begin every compartment with epoch 1.')
}

/** A later version: it follows the newest one, and an epoch with its key only ever rises, by one. */
export function checkNextDirectory (next: KeyDirectory, head: DirectoryHead, sizeBytes: number): void {
  if (next.version > VERSIONS_MAX) throw new LedgerError('DIRECTORY_CONFLICT', `A directory has at most ${String(VERSIONS_MAX)} versions.`)
  if (head.sizeBytes + sizeBytes > DIRECTORY_BYTES_MAX) throw new LedgerError('DIRECTORY_CONFLICT', `All versions of a directory have at most ${String(DIRECTORY_BYTES_MAX)} bytes; this patient's have ${String(head.sizeBytes)}.`)
  if (next.version !== head.version + 1 || next.previous !== head.statementId) throw new LedgerError('DIRECTORY_CONFLICT', `Follow version ${String(head.version)}, statement ${head.statementId}.`)
  if (next.custodian !== head.custodian) throw new LedgerError('DIRECTORY_CONFLICT', 'Keep the custodian of the version before; only a succession ends custody of a patient.')
  const former = new Map(head.compartments.map((c) => [c.label, c]))
  if (next.compartments.filter((c) => former.has(c.label)).length !== former.size) throw new LedgerError('DIRECTORY_CONFLICT', 'Keep every compartment of the version before.')
  next.compartments.forEach((c) => { checkEpoch(c, former.get(c.label)) })
}

function checkEpoch ({ label, epoch, key }: Compartment, former: Compartment | undefined): void {
  const kept = epoch === former?.epoch && key === former.key
  const raised = epoch === (former?.epoch ?? 0) + 1 && key !== former?.key
  if (kept || raised) return
  throw new LedgerError('DIRECTORY_CONFLICT', `Keep epoch and key of compartment ${label}, or raise its epoch by one with a new key.`)
}

/** A key whose bytes are a point of the curve. @throws {LedgerError} STATEMENT_INVALID */
export function parseKey (hex: string): PublicKey {
  try {
    return PublicKey.fromHex(hex)
  } catch (error) {
    throw new LedgerError('STATEMENT_INVALID', `${hex} is not a compressed point of secp256k1.`, { cause: error })
  }
}
