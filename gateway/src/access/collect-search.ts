import type { Place } from '@epione/crypto'
import { searchKeyPlace } from '@epione/protocol'
import type { EventCompartment, Person } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import type { SearchAnswers } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
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
  const { blockNumber, compartments, event: { action, patientId } } = permit
  if (action !== 'search') throw new GatewayError('NOT_PERMITTED', 'the access event permits to read records: ask for their cfrags')
  const placeOf = (name: CompartmentName): Place => searchKeyPlace(proxy.context.networkId, patientId, findNamed(compartments, name))
  const collected = await collectFrom<CompartmentName>({ proxy, peers, timing }, permit, {
    named: compartments.map(({ label, epoch, wrapHash }) => ({ label, epoch, wrapHash })),
    findWrap: async (name) => {
      const { wrapHash } = findNamed(compartments, name)
      return await findWrap(app, { record: { wrapHash, patientId, origin: '' }, place: placeOf(name), grounds: { event: eventId } })
    },
    placeOf,
    ask: async (mspId, wraps, signal) => mspId === ownMspId
      ? await proxy.answerSearch(eventId, ownMspId, wraps)
      : await peers.of(mspId).call(PEERS.answerSearch, { body: { eventId, wraps } }, signal)
  })
  const { answers, wraps: searchWraps, missing, failures } = collected
  const told = failures.map(({ records, ...failure }) => ({ ...failure, ...(records !== undefined && { compartments: records }) }))
  return { blockNumber, answers, searchWraps, missing, failures: told }
}

interface CompartmentName { label: string, epoch: number }

function findNamed (compartments: readonly EventCompartment[], { label, epoch }: CompartmentName): EventCompartment {
  const named = compartments.find((c) => c.label === label && c.epoch === epoch)
  if (named === undefined) throw new GatewayError('NOT_PERMITTED', 'the access event does not name it')
  return named
}
