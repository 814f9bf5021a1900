import { CryptoError, verifyStatement } from '@epione/crypto'
import { LogExport } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'

/** What a gateway signed of an export, and the key that did; whose that is, is not judged. @throws {ClientError} EXPORT_FALSE */
export function openAttestation (statement: SignedStatement, networkId: Uint8Array): { said: LogExport, signer: string } {
  try {
    const { type, body, signers } = verifyStatement(statement, networkId)
    const [signer] = signers
    if (type !== 'LogExport' || !Value.Check(LogExport, body) || signer === undefined || signers.length !== 1) {
      throw exportFalse('ATTESTATION_MALFORMED', 'What a hospital signed of this file is no word on an export.')
    }
    return { said: body, signer }
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw exportFalse('SIGNATURE_INVALID', `What a hospital is said to have signed of this file is not signed: ${error.message}.`, error)
  }
}

export type ExportCode =
  | 'ATTESTATION_MALFORMED' | 'ATTESTATIONS_DIFFER' | 'EVENTS_MISMATCH' | 'FILE_MISMATCH' | 'FILE_UNREADABLE' | 'NETWORK_MISMATCH'
  | 'PROOF_MISMATCH' | 'SIGNATURE_INVALID' | 'SIGNER_FOREIGN' | 'SIGNER_UNPROVEN'

export function exportFalse (exportCode: ExportCode, message: string, cause?: unknown, details: object = {}): ClientError {
  return new ClientError('EXPORT_FALSE', message, { exportCode, ...details }, { cause })
}
