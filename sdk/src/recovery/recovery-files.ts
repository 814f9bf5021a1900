import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, KeyHex, Hex, checkStatementBody, SchemaMismatch } from '@epione/protocol'
import type { RecoveryRequest } from '@epione/protocol'
import { CryptoError, parseCanonical, statementId } from '@epione/crypto'
import { ClientError, messageOf } from '../errors.ts'
import { parseJsonFile } from '../files/json-file.ts'

const Body = Type.String({ minLength: 2, maxLength: 65_536 })

/** What the recovering device gives to guardians: the request as each of them is to sign it. */
export const RequestFile = Type.Object({
  type: Type.Literal('epione/recovery-request'),
  networkId: Hash,
  body: Body
}, { additionalProperties: false })
export type RequestFile = Static<typeof RequestFile>

/** What a guardian gives back: a signature of the request, and the guardian's share sealed to the recovering device. */
export const ApprovalFile = Type.Object({
  type: Type.Literal('epione/recovery-approval'),
  requestId: Hash,
  /** The guardian's place in the patient's statement, from 0. */
  index: Type.Integer({ minimum: 0, maximum: 15 }),
  signature: Type.Object({ key: KeyHex, signature: Hex(64) }, { additionalProperties: false }),
  share: Type.String({ pattern: '^([0-9a-f]{2}){1,256}$' })
}, { additionalProperties: false })
export type ApprovalFile = Static<typeof ApprovalFile>

export interface OpenedRequest { id: string, text: string, body: RecoveryRequest }

/** @throws {ClientError} USAGE */
export function parseRequest (text: string): OpenedRequest & { networkId: string } {
  const file = parseJsonFile(RequestFile, text, 'This is not a recovery request: that is what "epione recovery begin" writes.')
  return { ...openRequest(file.body), networkId: file.networkId }
}

/** The request of a canonical text. @throws {ClientError} USAGE */
export function openRequest (text: string): OpenedRequest {
  try {
    return { id: statementId(text), text, body: checkStatementBody('RecoveryRequest', parseCanonical(text)) }
  } catch (error) {
    if (error instanceof CryptoError || error instanceof SchemaMismatch) {
      throw new ClientError('USAGE', `The recovery request is malformed: ${messageOf(error)}.`, {}, { cause: error })
    }
    throw error
  }
}

/** @throws {ClientError} USAGE */
export function parseApproval (text: string, path: string): ApprovalFile {
  return parseJsonFile(ApprovalFile, text, `${path} is not a guardian's approval: that is what "epione guardian approve" writes.`)
}
