import { checkStatementBody } from '@epione/protocol'
import type { RecordManifest, RecordState } from '@epione/protocol'
import type { RecordFacts } from '@epione/protocol/fhir'
import type { FastifyInstance } from 'fastify'
import { currentRecord } from '../records/read-grounds.ts'

/** What a record version says of itself, for FHIR; a segment of a stream is no document. */
export interface DocumentFacts extends RecordFacts { isSegment: boolean }

/** `newest`: version of the record that is the newest. */
export function factsOfState (state: RecordState, newest: number): DocumentFacts {
  const manifest: RecordManifest = checkStatementBody('RecordManifest', JSON.parse(state.manifest.statement.body))
  const { recordId, version, author, issuedAt, mediaClass, relatesTo, segment } = manifest
  return {
    recordId,
    version,
    patientId: currentRecord(state).owner,
    author,
    issuedAt,
    level: state.level,
    mediaClass,
    isFormer: version < newest,
    isSegment: segment !== undefined,
    ...(relatesTo !== undefined && { relatesTo })
  }
}

/** Number of a record's newest version, each record read once. */
export function newestVersions ({ ledger }: Pick<FastifyInstance, 'ledger'>): (recordId: string) => Promise<number> {
  const known = new Map<string, Promise<number>>()
  return async (recordId) => {
    const reading = known.get(recordId) ?? ledger.gateway.getRecord(recordId, undefined).then(({ version }) => version)
    known.set(recordId, reading)
    return await reading
  }
}
