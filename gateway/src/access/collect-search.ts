import { PEERS } from '@epione/protocol/api'
import type { SearchAnswers } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { Person } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import { findWrap } from '../records/fetch-elsewhere.ts'
import { collectFrom, provePermitOf } from './collect-cfrags.ts'

/**
 * The same of a permit to search: cfrags of the search wrap of each compartment, and its chains as each proxy signs them. @throws
 * {GatewayError} as `collectCfrags`
 */
export async function collectSearch (app: FastifyInstance, eventId: string, person: Person): Promise<SearchAnswers> {
  const { proxy, peers, ports: { patience: timing } } = app
  const ownMspId = proxy.context.mspId
  const permit = await provePermitOf(proxy, eventId, person)
  const { blockNumber, compartments, event: { action } } = permit
  if (action !== 'search') throw new GatewayError('NOT_PERMITTED', 'the access event permits to read records: ask for their cfrags')
  const collected = await collectFrom<{ label: string, epoch: number }>({ proxy, peers, timing }, permit, {
    named: compartments.map(({ label, epoch, wrapHash }) => ({ label, epoch, wrapHash })),
    findWrap: async ({ label, epoch }) => {
      const wrapHash = compartments.find((c) => c.label === label && c.epoch === epoch)?.wrapHash ?? ''
      return await findWrap(app, { record: { wrapHash, origin: '' }, grounds: { event: eventId } })
    },
    ask: async (mspId, wraps, signal) => mspId === ownMspId
      ? await proxy.answerSearch(eventId, ownMspId, wraps)
      : await peers.of(mspId).call(PEERS.answerSearch, { body: { eventId, wraps } }, signal)
  })
  const { answers, wraps: searchWraps, missing, failures } = collected
  const told = failures.map(({ records, ...failure }) => ({ ...failure, ...(records !== undefined && { compartments: records }) }))
  return { blockNumber, answers, searchWraps, missing, failures: told }
}
