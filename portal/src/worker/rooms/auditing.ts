import type { LogQuery } from '@epione/protocol'
import { askQuestion, explainAccess, explainInWords, listAccessEvents } from '@epione/sdk'
import type { AuditList, QuestionAnswered, QuestionGiven } from '@epione/sdk'
import type { QuestionName } from '@epione/protocol/api'
import { makeProof } from '@epione/sdk/proof'
import type { Desk } from '../desk.ts'
import type { EventExplained } from './log.ts'

/** The log by the own hospital, newest first. */
export async function readEvents (desk: Desk, { query, limit }: { query: LogQuery, limit: number }): Promise<AuditList> {
  return await listAccessEvents(await desk.token(), { ...query, limit })
}

/** One of the questions that docs/audit.md lists. */
export async function answer (
  desk: Desk, { question, given, limit }: { question: QuestionName, given: QuestionGiven, limit: number }
): Promise<QuestionAnswered> {
  return await askQuestion(await desk.token(), question, given, limit)
}

/** How far an event is proven, as this page verified it, and where it stands. */
export interface EventProven { state: string, block: number, batch?: number, warnings?: string[] }

/** Fetches the proof of an event and verifies it here. @throws {ClientError} PROOF_FALSE */
export async function proveEvent (desk: Desk, { eventId }: { eventId: string }): Promise<EventProven> {
  const { state, proof, warnings } = await makeProof(await desk.token(), eventId)
  const { block, anchor } = proof
  return {
    state,
    block: block.number,
    ...(anchor !== undefined && { batch: anchor.batch.number }),
    ...(warnings !== undefined && { warnings })
  }
}

/** Why it was decided so, as the own hospital says. */
export async function explainEvent (desk: Desk, { eventId }: { eventId: string }): Promise<EventExplained> {
  const explained = await explainAccess(await desk.token(), eventId)
  const { askedMspIds, warnings } = explained
  return { words: explainInWords(explained, 'staff'), askedMspIds, ...(warnings === undefined ? {} : { warnings }) }
}
