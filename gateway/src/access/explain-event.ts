import { certifiedOf, explain, policyHash } from '@epione/protocol'
import type { AccessCase } from '@epione/protocol'
import type { AccessExplanation } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { isDeepStrictEqual } from 'node:util'
import { judged } from '../judge.ts'
import { findBlock } from '../ledger/find-block.ts'
import { consentThen, departmentThen, patientThen, recordsThen } from './facts-then.ts'
import type { FactSources } from './facts-then.ts'
import { emergencyThen } from './box-then.ts'

/**
 * Takes the decision of an event again, on what the ledger held before the event's block, and says beside it what was recorded. What cannot
 * be known of that time any more is named. @throws {GatewayError} STATEMENT_UNPROVEN, LEDGER_UNAVAILABLE while the own peer lags
 */
export async function explainEvent (app: FastifyInstance, { event, request: signed }: AccessCase): Promise<AccessExplanation> {
  const { ledger: { gateway: ledger, connection: blocks, policies, versions }, proxy: { context: { reader } } } = app
  const blockNumber = await findBlock(app, event.txId)
  const isBefore = async ({ txId }: { txId: string }): Promise<boolean> => await findBlock(app, txId) < blockNumber
  const sources: FactSources = { ledger, blocks, reader, isBefore }
  const { body: request } = judged(() => reader.read('AccessRequest', signed))
  const [policy, network] = await Promise.all([policies.at(event.time), versions.at(event.time)])
  const { consentId } = request
  const consent = consentId === undefined
    ? undefined
    : await consentThen(sources, consentId, network.members.map(({ mspId }) => mspId))
  const departmentFacts = await departmentThen(sources, consent)
  const emergency = await emergencyThen(sources, request, event)
  const { assumed, ...facts } = await patientThen(sources, event)
  const explanation = explain({
    time: event.time,
    policy,
    request,
    actor: certifiedOf(event.actor),
    ...facts,
    ...await recordsThen(sources, event.records, consent),
    ...(consent !== undefined && { consent }),
    ...emergency.facts,
    ...(departmentFacts !== undefined && { department: departmentFacts })
  })
  const recorded = { decision: event.decision, reasons: event.reasons, policyVersion: event.policyVersion }
  const { decision, reasons, policyVersion } = explanation
  return {
    eventId: event.eventId,
    patientId: event.patientId,
    blockNumber,
    recorded: { ...recorded, decider: event.decider },
    explanation,
    agrees: isDeepStrictEqual({ decision, reasons, policyVersion }, recorded),
    policyHash: policyHash(policy),
    ...(consentId !== undefined && { consentId }),
    assumed: [...assumed, ...emergency.assumed]
  }
}
