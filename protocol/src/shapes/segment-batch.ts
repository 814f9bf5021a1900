import { statementId } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { checkSchema, checkStatementBody, SchemaMismatch } from './check.ts'
import { LEDGER_ERROR_CODES } from './codes.ts'
import type { LedgerErrorCode } from './codes.ts'
import { SEGMENTS_PER_BATCH } from './limits.ts'
import { Level, MspId, TimeMs } from './primitives.ts'
import { SignedStatement } from './statements.ts'
import type { RecordState } from './state.ts'

/** Argument of `Records:RegisterSegments`, signed manifests: what one of them is worth is said of it alone. */
export const SegmentStatements = Type.Array(Type.Unknown(), { minItems: 1, maxItems: SEGMENTS_PER_BATCH })

/**
 * What became of each segment of a batch, in its order: what the ledger adds to its manifest, or why it refuses it. Result of
 * `Records:RegisterSegments`, payload of `SegmentsRegistered`. The manifests stand in the same transaction, as its argument: said again
 * here they would be an eighth of what a segment costs every peer.
 */
export const RegisteredSegments = Type.Object({
  items: Type.Array(
    Type.Union([Type.Object({ level: Level }), Type.Object({ code: Type.Enum([...LEDGER_ERROR_CODES]) })]),
    { minItems: 1, maxItems: SEGMENTS_PER_BATCH }
  ),
  submittedBy: MspId,
  time: TimeMs
})
export type RegisteredSegments = Static<typeof RegisteredSegments>

/** The same with the manifests: the record version that each segment is, or why it is none. */
export interface SegmentBatch { items: Array<{ record: RecordState } | { code: LedgerErrorCode }> }

/**
 * Puts together what a transaction says of segments and the manifests that it was called with. @throws {SchemaMismatch} where these do not
 * belong together
 */
export function segmentBatchOf (
  { items, submittedBy, time }: RegisteredSegments, statements: readonly unknown[], txId: string
): SegmentBatch {
  const of = checkSchema(Type.Array(Type.Unknown(), { minItems: items.length, maxItems: items.length }), statements, 'segments')
  return {
    items: items.map((item, index) => {
      if ('code' in item) return item
      const statement = checkSchema(SignedStatement, of[index], 'a signed manifest')
      const { recordId, version } = checkStatementBody('RecordManifest', parse(statement.body))
      const manifest = { id: statementId(statement.body), statement, txId, time, submittedBy }
      return { record: { recordId, version, level: item.level, manifest } }
    })
  }
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SchemaMismatch('a signed manifest', [`/body: ${String(cause)}`])
  }
}
